namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>Reads the values of a query: words, phrases, ranges, comparisons. Counts the terms, since each has one value.</summary>
/// <param name="maxTerms">With it come AWS's other limits; null: none.</param>
internal sealed class ValueParser(QueryText text, int queryLength, int? maxTerms)
{
    /// <summary>The longest value a thing can have, an attribute's (jobs-reference 17).</summary>
    private const int MaxValueLength = 800;

    /// <summary>The longest query in which a value begins with a wildcard; only one value may.</summary>
    private const int MaxLengthWithLeadingWildcard = 100;

    private int _terms;
    private int _leadingWildcards;

    /// <summary>A value in quotes.</summary>
    public ValueTest Phrase()
    {
        var start = text.Position;
        Count(start);
        var phrase = text.ReadPhrase();
        CheckLength(start, phrase.Length);
        CheckWhatFollows();
        return new SameText(phrase);
    }

    /// <summary>The value of a term without a field, already read.</summary>
    public ValueTest Bare(QueryWord word)
    {
        RefuseSmallKeyword(word);
        var head = word.Raw.Split('=', '!')[0];
        if (head.StartsWith(QueryField.AttributePrefix, StringComparison.Ordinal) || QueryField.Find(head) is not null)
        {
            throw QueryText.Refused(word.Start, $"the field '{head}' has no value", $"Write {head}:value, or {head}:* for a field that is there");
        }
        return Test(word);
    }

    /// <summary>One of the values in a group after a field.</summary>
    public ValueTest InGroup(QueryField field)
    {
        var start = text.Position;
        RefuseSmallKeyword(text.ReadWord());
        text.Position = start;
        return Of(field);
    }

    /// <summary>The value which follows a field.</summary>
    public ValueTest Of(QueryField field)
    {
        text.SkipWhiteSpace();
        if (text.AtEnd || text.Here is ')' or '&' or '|' || text.IsKeyword("AND") || text.IsKeyword("OR") || text.IsKeyword("NOT"))
        {
            throw text.Refused(
                $"the field '{field.Name}' has no value", $"Write one here, in quotes if it is a word such as AND, or {field.Name}:* for a field that is there");
        }
        if (text.Here == '!')
        {
            throw text.Refused("! stands before a value", $"Write NOT {field.Name}:value");
        }
        var start = text.Position;
        ValueTest value = text.Here switch
        {
            '<' or '>' => Comparison(),
            '[' or '{' => Range(),
            '"' => Phrase(),
            _ => Test(text.ReadWord()),
        };
        return !field.IsBoolean || value is AnyValue or SameText { IsBoolean: true }
            ? value
            : throw QueryText.Refused(start, $"'{field.Name}' is true or false", $"Write {field.Name}:true, {field.Name}:false or {field.Name}:*");
    }

    private ValueTest Test(QueryWord word)
    {
        Count(word.Start);
        CheckWord(word);
        CheckWhatFollows();
        if (word.IsStar)
        {
            return new AnyValue();
        }
        CheckLeadingWildcard(word);
        return word.HasWildcards ? new Wildcards(word.Characters, word.Stars) : new SameText(word.Text);
    }

    private ValueRange Comparison()
    {
        Count(text.Position);
        var below = text.Here == '<';
        text.Position++;
        var inclusive = text.Take("=");
        text.SkipWhiteSpace();
        var (value, quoted) = End() ?? throw text.Refused("* is compared with", "Write a value after the comparison");
        CheckWhatFollows();
        var end = new RangeEnd(value, quoted, inclusive);
        return below ? new(null, end) : new(end, null);
    }

    private ValueRange Range()
    {
        var start = text.Position;
        Count(start);
        var lowInclusive = text.Here == '[';
        text.Position++;
        text.SkipWhiteSpace();
        var low = End() is var (lowText, lowQuoted) ? new RangeEnd(lowText, lowQuoted, lowInclusive) : null;
        text.SkipWhiteSpace();
        if (!text.TakeKeyword("TO"))
        {
            throw text.Refused("TO is missing in the range", "Write [low TO high], with * for an open end");
        }
        text.SkipWhiteSpace();
        var highEnd = End();
        text.SkipWhiteSpace();
        if (text.Here is not (']' or '}'))
        {
            throw QueryText.Refused(start, "the range is not closed", "Write ] after its upper end, or } to leave that end out");
        }
        var high = highEnd is var (highText, highQuoted) ? new RangeEnd(highText, highQuoted, text.Here == ']') : null;
        text.Position++;
        CheckWhatFollows();
        CheckEnds(start, low, high);
        return new(low, high);
    }

    /// <summary>An end of a range or what is compared with; null for <c>*</c>, an open end.</summary>
    private (string Text, bool Quoted)? End()
    {
        var start = text.Position;
        if (text.AtEnd || text.Here is ')' or ']' or '}' || text.IsKeyword("TO"))
        {
            throw text.Refused("a value is missing", "Write one here, or * for the open end of a range");
        }
        if (text.Here == '"')
        {
            return (text.ReadPhrase(), true);
        }
        var word = text.ReadWord();
        CheckWord(word);
        if (word.IsStar)
        {
            return null;
        }
        return word.HasWildcards
            ? throw QueryText.Refused(start, $"'{word.Raw}' has a wildcard", "Write a whole value, or put it in quotes")
            : (word.Text, false);
    }

    private static void CheckEnds(int start, RangeEnd? low, RangeEnd? high)
    {
        if (low is null || high is null)
        {
            return;
        }
        if (low.IsNumber != high.IsNumber)
        {
            throw QueryText.Refused(
                start, $"one end of '{low.Text}' TO '{high.Text}' is a number, the other a text", "Write two numbers, or both in quotes to compare text");
        }
        if (low.Compare(high.Text) < 0)
        {
            throw QueryText.Refused(start, $"the range '{low.Text}' TO '{high.Text}' runs backwards", "Write its lower end first");
        }
    }

    private void Count(int start)
    {
        if (++_terms > maxTerms)
        {
            throw QueryText.Refused(start, $"the query has more than {maxTerms} terms", $"Write at most {maxTerms}; a range or a wildcard is one");
        }
    }

    private void CheckWord(QueryWord word)
    {
        if (word.Raw is "")
        {
            throw text.Refused($"'{text.Here}' has no meaning here", $"Write \\{text.Here} where it belongs to a value");
        }
        if (word.Raw[0] == '+')
        {
            throw QueryText.Refused(word.Start, "'+' has no meaning: every term is required, but for OR", "Leave it out, or write \\+");
        }
        CheckLength(word.Start, word.Characters.Count);
    }

    private static void CheckLength(int start, int length)
    {
        if (length > MaxValueLength)
        {
            throw QueryText.Refused(start, $"the value has {length} characters", $"Write at most {MaxValueLength}; no thing has a longer one");
        }
    }

    private void CheckLeadingWildcard(QueryWord word)
    {
        if (maxTerms is null || !word.BeginsWithWildcard)
        {
            return;
        }
        if (++_leadingWildcards > 1)
        {
            throw QueryText.Refused(word.Start, "more than one value begins with a wildcard", "Begin this one with a character");
        }
        if (queryLength > MaxLengthWithLeadingWildcard)
        {
            throw QueryText.Refused(
                word.Start, $"the query has {queryLength} characters and a value that begins with a wildcard",
                $"Begin the value with a character, or write at most {MaxLengthWithLeadingWildcard} characters");
        }
    }

    private static void RefuseSmallKeyword(QueryWord word)
    {
        if (word.Raw.ToUpperInvariant() is "AND" or "OR" or "NOT")
        {
            throw QueryText.Refused(
                word.Start, $"'{word.Raw}' is not in capitals", $"Write {word.Raw.ToUpperInvariant()}, or \"{word.Raw}\" if it is a value");
        }
    }

    private void CheckWhatFollows()
    {
        if (text.AtEnd || char.IsWhiteSpace(text.Here) || text.Here is ')' or '&' or '|')
        {
            return;
        }
        throw text.Here switch
        {
            ':' => text.Refused("a colon follows a value", "Write \\: for a colon in a value; a field's name has no quotes"),
            '^' or '~' => text.Refused($"'{text.Here}' has no meaning: there are no boosts and no fuzzy terms", $"Leave it out, or write \\{text.Here}"),
            _ => text.Refused($"'{text.Here}' follows a value at once", $"Write white space between terms, or \\{text.Here} where it belongs to a value"),
        };
    }
}
