namespace Shali.Government.S05Enterprises.Ownership;

/// <summary>Somebody holds a share of a firm.</summary>
/// <param name="Holder">Node of the holder.</param>
/// <param name="Firm">Node of the firm.</param>
/// <param name="Share">Between 0 and 1.</param>
public readonly record struct Holding(int Holder, int Firm, double Share);

/// <summary>Who owns a firm in the end, and how much of it.</summary>
public readonly record struct UltimateOwner(int Owner, double Share);

/// <summary>
/// Who owns firms in the end. An ultimate owner is a holder that nobody holds. What reaches him through others is multiplied along
/// each way and added over all ways; where firms hold one another in a circle, the ways through it are added without end, which is
/// solved circle by circle. Pure.
/// </summary>
public sealed class OwnershipGraph
{
    /// <summary>Shares below this are no longer followed: a millionth of a firm.</summary>
    private const double Least = 1e-6;

    private const int RoundsMost = 200;

    private readonly int[] _first;
    private readonly int[] _holders;
    private readonly double[] _shares;
    private readonly int _nodes;

    /// <param name="nodes">Persons and firms, numbered from 0.</param>
    public OwnershipGraph(int nodes, IReadOnlyCollection<Holding> holdings)
    {
        _nodes = nodes;
        _first = new int[nodes + 1];
        foreach (var holding in holdings)
        {
            _first[holding.Firm + 1]++;
        }

        for (var i = 0; i < nodes; i++)
        {
            _first[i + 1] += _first[i];
        }

        var next = _first[..nodes];
        (_holders, _shares) = (new int[holdings.Count], new double[holdings.Count]);
        foreach (var holding in holdings)
        {
            var at = next[holding.Firm]++;
            (_holders[at], _shares[at]) = (holding.Holder, holding.Share);
        }
    }

    /// <summary>Nobody holds it: an owner himself.</summary>
    public bool IsUltimate(int node) => _first[node] == _first[node + 1];

    /// <summary>The ultimate owners of every node, the largest share first; of an owner himself none.</summary>
    public IReadOnlyList<UltimateOwner>[] Owners()
    {
        var owners = new Dictionary<int, double>?[_nodes];
        foreach (var circle in Circles())
        {
            if (circle is [var alone] && !Holds(alone, alone))
            {
                owners[alone] = IsUltimate(alone) ? null : Gather(alone, owners, null);
            }
            else
            {
                Solve(circle, owners);
            }
        }

        return [.. owners.Select(found => (IReadOnlyList<UltimateOwner>)(found is null ? [] : [.. found.Select(one => new UltimateOwner(one.Key, one.Value)).OrderByDescending(one => one.Share).ThenBy(one => one.Owner)]))];
    }

    private bool Holds(int holder, int firm) => Array.IndexOf(_holders, holder, _first[firm], _first[firm + 1] - _first[firm]) >= 0;

    /// <summary>What the holders' owners make of the firm; holders of the same circle are left out.</summary>
    private Dictionary<int, double> Gather(int firm, Dictionary<int, double>?[] owners, HashSet<int>? circle)
    {
        var sum = new Dictionary<int, double>();
        for (var i = _first[firm]; i < _first[firm + 1]; i++)
        {
            var (holder, share) = (_holders[i], _shares[i]);
            if (circle?.Contains(holder) == true)
            {
                continue;
            }

            if (IsUltimate(holder))
            {
                sum[holder] = sum.GetValueOrDefault(holder) + share;
            }
            else
            {
                Add(sum, owners[holder]!, share);
            }
        }

        return sum;
    }

    /// <summary>
    /// Within a circle: what comes from outside goes round, smaller with each round, until nothing worth telling is left. Firms that
    /// hold one another wholly have no owner: nothing comes from outside.
    /// </summary>
    private void Solve(int[] circle, Dictionary<int, double>?[] owners)
    {
        var within = circle.ToHashSet();
        var flow = circle.ToDictionary(firm => firm, firm => Gather(firm, owners, within));
        foreach (var firm in circle)
        {
            owners[firm] = new(flow[firm]);
        }

        for (var round = 0; round < RoundsMost && flow.Values.Any(some => some.Count > 0); round++)
        {
            var next = circle.ToDictionary(firm => firm, _ => new Dictionary<int, double>());
            foreach (var firm in circle)
            {
                for (var i = _first[firm]; i < _first[firm + 1]; i++)
                {
                    if (within.Contains(_holders[i]))
                    {
                        Add(next[firm], flow[_holders[i]], _shares[i]);
                    }
                }
            }

            foreach (var firm in circle)
            {
                Add(owners[firm]!, next[firm], 1);
            }

            flow = next;
        }
    }

    private static void Add(Dictionary<int, double> sum, Dictionary<int, double> parts, double share)
    {
        foreach (var (owner, part) in parts)
        {
            if (part * share >= Least)
            {
                sum[owner] = sum.GetValueOrDefault(owner) + (part * share);
            }
        }
    }

    /// <summary>Strongly connected parts (Tarjan), holders before what they hold. Without recursion: chains may be long.</summary>
    private IEnumerable<int[]> Circles()
    {
        var (index, low, on) = (new int[_nodes], new int[_nodes], new bool[_nodes]);
        var (stack, work, edge) = (new Stack<int>(), new Stack<int>(), new int[_nodes]);
        var counter = 0;
        for (var root = 0; root < _nodes; root++)
        {
            if (index[root] > 0)
            {
                continue;
            }

            work.Push(root);
            while (work.TryPeek(out var node))
            {
                if (index[node] == 0)
                {
                    (index[node], low[node], edge[node], on[node]) = (++counter, counter, _first[node], true);
                    stack.Push(node);
                }

                if (edge[node] < _first[node + 1])
                {
                    var holder = _holders[edge[node]++];
                    if (index[holder] == 0)
                    {
                        work.Push(holder);
                    }
                    else if (on[holder])
                    {
                        low[node] = Math.Min(low[node], index[holder]);
                    }

                    continue;
                }

                work.Pop();
                if (work.TryPeek(out var above))
                {
                    low[above] = Math.Min(low[above], low[node]);
                }

                if (low[node] == index[node])
                {
                    var circle = new List<int>();
                    int member;
                    do
                    {
                        member = stack.Pop();
                        on[member] = false;
                        circle.Add(member);
                    }
                    while (member != node);
                    yield return [.. circle];
                }
            }
        }
    }
}
