namespace Shali.Platform.Documents.Fonts;

/// <summary>
/// Puts the subroutines of a Type 2 charstring (Adobe Technical Note 5177) in the places where they are called, so
/// that a subset carries its glyphs and nothing else. Only as much is interpreted as that needs: the numbers before a
/// call, and the count of stems, which tells how long the masks of hints are.
/// </summary>
internal sealed class CharString
{
    private const int DepthMax = 10;

    private readonly byte[][] _global;
    private readonly byte[][] _local;
    private readonly List<byte> _out = new(256);

    /// <summary>Numbers since the last operator: value, and where it was written.</summary>
    private readonly List<(int Value, int Place)> _stack = [];

    private int _stems;
    private bool _ended;

    private CharString(byte[][] global, byte[][] local) => (_global, _local) = (global, local);

    public static byte[] Flatten(byte[] code, byte[][] global, byte[][] local)
    {
        var work = new CharString(global, local);
        work.Run(code, 0);
        return [.. work._out];
    }

    private void Run(byte[] code, int depth)
    {
        if (depth > DepthMax)
        {
            throw new InvalidDataException("Subroutines of the font call one another without end.");
        }

        for (var i = 0; i < code.Length && !_ended;)
        {
            int b = code[i];
            if (b is 28 or >= 32)
            {
                i += Number(code, i);
                continue;
            }

            switch (b)
            {
                case 10:
                    i++;
                    Run(Subroutine(_local), depth + 1);
                    break;
                case 29:
                    i++;
                    Run(Subroutine(_global), depth + 1);
                    break;
                case 11:
                    return;
                case 12:
                    // Flex operators; arithmetic would change what the numbers before a call are.
                    if (code[i + 1] is < 34 or > 37)
                    {
                        throw new InvalidDataException($"Operator 12 {code[i + 1]} in a glyph of the font.");
                    }

                    Copy(code, i, 2);
                    i += 2;
                    break;
                case 1 or 3 or 18 or 23:
                    _stems += _stack.Count / 2;
                    Copy(code, i++, 1);
                    break;
                case 19 or 20:
                    _stems += _stack.Count / 2;
                    var length = 1 + ((_stems + 7) / 8);
                    Copy(code, i, length);
                    i += length;
                    break;
                default:
                    _ended = b == 14;
                    Copy(code, i++, 1);
                    break;
            }
        }
    }

    private int Number(byte[] code, int i)
    {
        int b = code[i];
        var (value, length) = b switch
        {
            28 => ((short)((code[i + 1] << 8) | code[i + 2]), 3),
            <= 246 => (b - 139, 1),
            <= 250 => (((b - 247) * 256) + code[i + 1] + 108, 2),
            <= 254 => (-((b - 251) * 256) - code[i + 1] - 108, 2),
            _ => (0, 5), // A fraction: never the number of a subroutine.
        };
        _stack.Add((value, _out.Count));
        _out.AddRange(code.AsSpan(i, length));
        return length;
    }

    private byte[] Subroutine(byte[][] subrs)
    {
        var (value, place) = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        _out.RemoveRange(place, _out.Count - place);
        return subrs[value + (subrs.Length < 1240 ? 107 : subrs.Length < 33_900 ? 1131 : 32_768)];
    }

    private void Copy(byte[] code, int i, int length)
    {
        _out.AddRange(code.AsSpan(i, length));
        _stack.Clear();
    }
}
