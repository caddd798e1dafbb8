namespace Shali.Platform.Registry.Load;

/// <summary>
/// Which rows of the file came before, by a 64-bit hash: 16 bytes a row at three quarters full, and nothing else of
/// the row. In 256 parts, so that growing never doubles the whole.
/// </summary>
internal sealed class SeenRows
{
    private const int Parts = 256;

    private readonly Part[] _parts = [.. Enumerable.Range(0, Parts).Select(_ => new Part())];

    /// <summary>
    /// Remembers a row; false when one with this hash came before, with its row number and the hash of its content.
    /// </summary>
    public bool Add(ulong hash, uint content, uint row, out uint firstRow, out uint firstContent)
    {
        // Zero marks an empty place.
        hash = hash == 0 ? 1 : hash;
        return _parts[hash >> 56].Add(hash, content, row, out firstRow, out firstContent);
    }

    /// <summary>How often this hash has come, this time included.</summary>
    public uint Count(ulong hash)
    {
        hash = hash == 0 ? 1 : hash;
        return _parts[hash >> 56].Count(hash);
    }

    private struct Entry
    {
        public ulong Hash;
        public uint Content;
        public uint Row;
    }

    private sealed class Part
    {
        private Entry[] _entries = new Entry[16];
        private int _count;

        public bool Add(ulong hash, uint content, uint row, out uint firstRow, out uint firstContent)
        {
            ref var entry = ref Find(hash);
            if (entry.Hash != 0)
            {
                (firstRow, firstContent) = (entry.Row, entry.Content);
                return false;
            }

            entry = new() { Hash = hash, Content = content, Row = row };
            (firstRow, firstContent) = (row, content);
            Grow();
            return true;
        }

        public uint Count(ulong hash)
        {
            ref var entry = ref Find(hash);
            if (entry.Hash != 0)
            {
                return ++entry.Row;
            }

            entry = new() { Hash = hash, Row = 1 };
            Grow();
            return 1;
        }

        private ref Entry Find(ulong hash)
        {
            var mask = _entries.Length - 1;
            var place = (int)(hash & (uint)mask);
            while (_entries[place].Hash != 0 && _entries[place].Hash != hash)
            {
                place = (place + 1) & mask;
            }

            return ref _entries[place];
        }

        private void Grow()
        {
            if (++_count * 4 <= _entries.Length * 3)
            {
                return;
            }

            var old = _entries;
            _entries = new Entry[old.Length * 2];
            foreach (var entry in old)
            {
                if (entry.Hash != 0)
                {
                    Find(entry.Hash) = entry;
                }
            }
        }
    }
}
