using System.Text;

namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>A value or the name of a field as it is written without quotes.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Raw">As written, with its backslashes.</param>
/// <param name="Characters">As meant; null for an unescaped <c>?</c>.</param>
/// <param name="Stars">Places in <paramref name="Characters"/> before which an unescaped <c>*</c> stands.</param>
internal sealed record QueryWord(int Start, string Raw, IReadOnlyList<char?> Characters, IReadOnlyList<int> Stars)
{
    public bool HasWildcards => Stars.Count > 0 || Characters.Contains(null);

    /// <summary>A star and nothing else.</summary>
    public bool IsStar => Stars.Count > 0 && Characters.Count == 0;

    public bool BeginsWithWildcard => Stars is [0, ..] || Characters is [null, ..];

    /// <summary>The text of a word without wildcards.</summary>
    public string Text => string.Concat(Characters);
}

/// <summary>A query's text and how far it has been read. Positions count from 0 here, and from 1 in refusals.</summary>
internal sealed class QueryText(string text)
{
    /// <summary>What ends a word, besides white space; each has a meaning of its own or none in a value.</summary>
    private const string Ends = "()[]{}\":<>^~&|";

    public int Position { get; set; }

    public bool AtEnd => Position >= text.Length;

    /// <summary>The character at the position; NUL, which nothing asks for, at the end.</summary>
    public char Here => At(Position);

    public char Next => At(Position + 1);

    public bool IsOr => Here == '|' && Next == '|' || IsKeyword("OR");

    public void SkipWhiteSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Here))
        {
            Position++;
        }
    }

    /// <summary>Reads <paramref name="sign"/> if it is what follows.</summary>
    public bool Take(string sign)
    {
        if (string.CompareOrdinal(text, Position, sign, 0, sign.Length) != 0)
        {
            return false;
        }
        Position += sign.Length;
        return true;
    }

    /// <summary>Whether the keyword follows, as a word of its own.</summary>
    public bool IsKeyword(string keyword) =>
        string.CompareOrdinal(text, Position, keyword, 0, keyword.Length) == 0 && EndsWord(Position + keyword.Length) &&
        At(Position + keyword.Length) != ':';

    public bool TakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword))
        {
            return false;
        }
        Position += keyword.Length;
        return true;
    }

    /// <summary>Reads up to white space or a character with a meaning; empty where one stands here already.</summary>
    public QueryWord ReadWord()
    {
        var (start, characters, stars) = (Position, new List<char?>(), new List<int>());
        for (; !EndsWord(Position); Position++)
        {
            switch (Here)
            {
                case '\\':
                    characters.Add(Escaped());
                    break;
                case '*':
                    stars.Add(characters.Count);
                    break;
                case '?':
                    characters.Add(null);
                    break;
                default:
                    characters.Add(Here);
                    break;
            }
        }
        return new(start, text[start..Position], characters, [.. stars.Distinct()]);
    }

    /// <summary>Reads from one quote to the other.</summary>
    public string ReadPhrase()
    {
        var (start, phrase) = (Position, new StringBuilder());
        for (Position++; !AtEnd && Here != '"'; Position++)
        {
            phrase.Append(Here == '\\' ? Escaped() : Here);
        }
        if (AtEnd)
        {
            throw Refused(start, "the quotes are not closed", "Write \" after the value");
        }
        Position++;
        return phrase.ToString();
    }

    public ThingQueryException Refused(string problem, string advice) => Refused(Position, problem, advice);

    public static ThingQueryException Refused(int position, string problem, string advice) => new(position + 1, problem, advice);

    /// <summary>Moves onto the character after a backslash.</summary>
    private char Escaped()
    {
        if (Position + 1 >= text.Length)
        {
            throw Refused("nothing follows the backslash", "Write \\\\ for a backslash");
        }
        Position++;
        return Here;
    }

    private bool EndsWord(int position) =>
        position >= text.Length || char.IsWhiteSpace(text[position]) || Ends.Contains(text[position], StringComparison.Ordinal);

    private char At(int position) => position < text.Length ? text[position] : '\0';
}
