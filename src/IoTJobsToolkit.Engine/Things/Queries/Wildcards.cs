namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>
/// A value with <c>*</c> and <c>?</c>. Each piece between stars is sought once, from left to right, all its places at the same time
/// (as bits), so that no pattern takes long.
/// </summary>
internal sealed class Wildcards : ValueTest
{
    private readonly List<Piece> _pieces = [];

    /// <param name="pattern">The value as it is compared; null for <c>?</c>.</param>
    /// <param name="stars">Places in <paramref name="pattern"/>, ascending, before which a star stands; none: no star.</param>
    public Wildcards(IReadOnlyList<char?> pattern, IReadOnlyList<int> stars)
    {
        var start = 0;
        foreach (var star in stars)
        {
            _pieces.Add(new([.. pattern.Skip(start).Take(star - start)]));
            start = star;
        }
        _pieces.Add(new([.. pattern.Skip(start)]));
    }

    public override bool Accepts(string value)
    {
        var (first, last) = (_pieces[0], _pieces[^1]);
        if (_pieces.Count == 1)
        {
            return value.Length == first.Length && first.IsAt(0, value);
        }
        var (from, end) = (first.Length, value.Length - last.Length);
        if (from > end || !first.IsAt(0, value) || !last.IsAt(end, value))
        {
            return false;
        }
        for (var i = 1; i < _pieces.Count - 1; i++)
        {
            from = _pieces[i].EndIn(value.AsSpan(0, end), from);
            if (from < 0)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A part of the pattern without stars.</summary>
    private sealed class Piece
    {
        private readonly char?[] _characters;

        /// <summary>For each character the places where it may be, as bits; for all others those of <c>?</c>.</summary>
        private readonly Dictionary<char, ulong[]> _places = [];
        private readonly ulong[] _anywhere;

        public Piece(char?[] characters)
        {
            _characters = [.. characters.Select(character => character is { } given ? char.ToUpperInvariant(given) : (char?)null)];
            _anywhere = Places(null);
            foreach (var character in _characters.OfType<char>().Distinct())
            {
                _places[character] = Places(character);
            }
        }

        public int Length => _characters.Length;

        public bool IsAt(int start, string value)
        {
            for (var i = 0; i < Length; i++)
            {
                if (_characters[i] is { } character && character != char.ToUpperInvariant(value[start + i]))
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>Where the first occurrence at or after <paramref name="from"/> ends; -1 when there is none.</summary>
        public int EndIn(ReadOnlySpan<char> value, int from)
        {
            if (Length == 0 || Length > value.Length - from)
            {
                return Length == 0 ? from : -1;
            }
            // Bit i: the piece's first i + 1 characters end here.
            var begun = new ulong[_anywhere.Length];
            var (lastWord, lastBit) = ((Length - 1) / 64, 1ul << (Length - 1) % 64);
            for (var i = from; i < value.Length; i++)
            {
                var places = _places.GetValueOrDefault(char.ToUpperInvariant(value[i]), _anywhere);
                var carry = 1ul;
                for (var word = 0; word < begun.Length; word++)
                {
                    var shifted = begun[word] << 1 | carry;
                    carry = begun[word] >> 63;
                    begun[word] = shifted & places[word];
                }
                if ((begun[lastWord] & lastBit) != 0)
                {
                    return i + 1;
                }
            }
            return -1;
        }

        private ulong[] Places(char? character)
        {
            var places = new ulong[(Length + 63) / 64];
            for (var i = 0; i < Length; i++)
            {
                if (_characters[i] is not { } own || own == character)
                {
                    places[i / 64] |= 1ul << i % 64;
                }
            }
            return places;
        }
    }
}
