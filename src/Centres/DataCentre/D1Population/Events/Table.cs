namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Records of one resource in memory: as they were loaded, and as an event leaves them.</summary>
public sealed class Table<T>
    where T : class, IKeyed
{
    private readonly Dictionary<string, T> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _now = new(StringComparer.Ordinal);
    private readonly List<string> _touched = [];

    public IEnumerable<T> All => _now.Values;

    /// <summary>What an event changed or added, in the order in which it did.</summary>
    public IEnumerable<(T? Before, T Now)> Changes =>
        _touched.Select(key => (_before.GetValueOrDefault(key), _now[key])).Where(pair => !Equals(pair.Item1, pair.Item2));

    /// <summary>Takes a record from the register; one that is known already stays as it is.</summary>
    public void Load(T record)
    {
        if (_before.TryAdd(record.Key, record))
        {
            _now[record.Key] = record;
        }
    }

    public bool Has(string key) => _now.ContainsKey(key);

    public T? Find(string? key) => key is null ? null : _now.GetValueOrDefault(key);

    public void Set(T record)
    {
        _now[record.Key] = record;
        if (!_touched.Contains(record.Key))
        {
            _touched.Add(record.Key);
        }
    }

    /// <summary>What was changed becomes what is known: the next event starts from here.</summary>
    public void Settle()
    {
        foreach (var key in _touched)
        {
            _before[key] = _now[key];
        }

        _touched.Clear();
    }
}
