using System.Buffers;
using System.Text;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>The query of a canonical request: every name and value decoded and encoded strictly, sorted by name, then value.</summary>
internal static class CanonicalQuery
{
    public const string SignatureParameter = "X-Amz-Signature";

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Writes the query without <c>X-Amz-Signature</c>, which cannot cover itself.</summary>
    public static void Write(Utf8Text text, string rawQuery)
    {
        if (rawQuery.Length == 0)
        {
            return;
        }

        using var encoded = new Utf8Text(rawQuery.Length * 3);
        var parameters = new List<Parameter>();
        foreach (var range in rawQuery.AsSpan().Split('&'))
        {
            var pair = rawQuery.AsSpan(range);
            if (!pair.IsEmpty && Encode(encoded, pair) is { } parameter)
            {
                parameters.Add(parameter);
            }
        }

        parameters.Sort((left, right) => Compare(encoded, left, right));
        for (var i = 0; i < parameters.Count; i++)
        {
            if (i > 0)
            {
                text.Append((byte)'&');
            }

            text.Append(encoded[parameters[i].Start, parameters[i].NameEnd]);
            text.Append((byte)'=');
            text.Append(encoded[parameters[i].NameEnd, parameters[i].End]);
        }
    }

    /// <summary>The decoded value of the parameter, or null; <paramref name="repeated"/> when it came more than once.</summary>
    public static string? Find(string rawQuery, string name, out bool repeated)
    {
        string? found = null;
        repeated = false;
        foreach (var range in rawQuery.AsSpan().Split('&'))
        {
            var pair = rawQuery.AsSpan(range);
            var equals = pair.IndexOf('=');
            if (equals >= 0 && pair[..equals].SequenceEqual(name))
            {
                repeated = found is not null;
                found ??= Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return found;
    }

    /// <summary>The query but for one parameter.</summary>
    public static string Without(string rawQuery, string name) => string.Join('&', rawQuery.Split('&').Where(pair =>
        !pair.AsSpan().StartsWith(name, StringComparison.Ordinal) || pair.Length > name.Length && pair[name.Length] != '='));

    private static Parameter? Encode(Utf8Text encoded, ReadOnlySpan<char> pair)
    {
        var equals = pair.IndexOf('=');
        var name = equals < 0 ? pair : pair[..equals];
        if (name is SignatureParameter)
        {
            return null;
        }

        var start = encoded.Length;
        AppendReencoded(encoded, name);
        var nameEnd = encoded.Length;
        AppendReencoded(encoded, equals < 0 ? [] : pair[(equals + 1)..]);
        return new Parameter(start, nameEnd, encoded.Length);
    }

    private static void AppendReencoded(Utf8Text text, ReadOnlySpan<char> raw)
    {
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOfAnyExcept(Unreserved);
            if (plain < 0)
            {
                text.Append(raw);
                return;
            }

            text.Append(raw[..plain]);
            raw = raw[plain..];
            if (raw is ['%', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low))
            {
                AppendByte(text, (byte)(Convert.ToInt32(raw.Slice(1, 2).ToString(), 16)));
                raw = raw[3..];
            }
            else if (raw[0] == '+')
            {
                // A server reads a plus as a space: signing it as anything else would let someone swap the two unseen.
                text.AppendEscaped((byte)' ');
                raw = raw[1..];
            }
            else
            {
                Rune.DecodeFromUtf16(raw, out var rune, out var consumed);
                text.AppendEscaped(rune);
                raw = raw[consumed..];
            }
        }
    }

    private static void AppendByte(Utf8Text text, byte value)
    {
        if (Unreserved.Contains((char)value))
        {
            text.Append(value);
        }
        else
        {
            text.AppendEscaped(value);
        }
    }

    private static int Compare(Utf8Text encoded, Parameter left, Parameter right)
    {
        var byName = encoded[left.Start, left.NameEnd].SequenceCompareTo(encoded[right.Start, right.NameEnd]);
        return byName != 0
            ? byName
            : encoded[left.NameEnd, left.End].SequenceCompareTo(encoded[right.NameEnd, right.End]);
    }

    /// <summary>Where an encoded name and, right after it, its encoded value stand.</summary>
    private readonly record struct Parameter(int Start, int NameEnd, int End);
}
