namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>Reads a query, operators and groups here, values in <see cref="ValueParser"/>. For one text, once.</summary>
internal sealed class QueryParser
{
    /// <summary>How deep groups may nest; it bounds the stack which reading and matching take.</summary>
    private const int MaxDepth = 50;

    private readonly QueryText _text;
    private readonly ValueParser _values;
    private readonly List<string> _fields = [];
    private int _depth;

    public QueryParser(string text, int? maxTerms)
    {
        _text = new(text);
        _values = new(_text, text.Length, maxTerms);
    }

    public IReadOnlyList<string> Fields => _fields;

    public QueryNode Read()
    {
        _text.SkipWhiteSpace();
        if (_text.AtEnd)
        {
            throw _text.Refused("the query is empty", "Write * for every thing");
        }
        var root = Alternatives(null);
        return _text.AtEnd ? root : throw _text.Refused("no parenthesis is open here", "Leave ) out, or write ( before it");
    }

    /// <param name="field">The field of the group around, whose values are read; null outside of one.</param>
    private QueryNode Alternatives(QueryField? field)
    {
        List<QueryNode> parts = [Conjunction(field)];
        while (_text.Take("||") || _text.TakeKeyword("OR"))
        {
            parts.Add(Conjunction(field));
        }
        return parts is [var only] ? only : new AnyOf(parts);
    }

    private QueryNode Conjunction(QueryField? field)
    {
        List<QueryNode> parts = [];
        do
        {
            parts.Add(Negation(field));
            _text.SkipWhiteSpace();
        }
        while (_text.Take("&&") || _text.TakeKeyword("AND") ||
            !_text.AtEnd && _text.Here != ')' && !_text.IsOr);
        return parts is [var only] ? only : new AllOf(parts);
    }

    private QueryNode Negation(QueryField? field)
    {
        var negated = false;
        for (_text.SkipWhiteSpace(); TakeNot(); _text.SkipWhiteSpace())
        {
            negated = !negated;
        }
        var node = Primary(field);
        return negated ? new NoneOf(node) : node;
    }

    private bool TakeNot()
    {
        if (_text.TakeKeyword("NOT"))
        {
            return true;
        }
        if (_text.Here is not ('-' or '!'))
        {
            return false;
        }
        return _text.Next is not '\0' && !char.IsWhiteSpace(_text.Next) && _text.Take(_text.Here.ToString())
            ? true
            : throw _text.Refused($"no term follows {_text.Here} at once", "Write NOT, or the term without white space before it");
    }

    private QueryNode Primary(QueryField? field)
    {
        if (_text.Here is '&' or '|' && _text.Next != _text.Here)
        {
            throw _text.Refused($"a single {_text.Here} joins nothing", $"Write {_text.Here}{_text.Here}");
        }
        if (_text.AtEnd || _text.Here is ')' or '|' or '&' || _text.IsKeyword("AND") || _text.IsKeyword("OR"))
        {
            throw _text.Refused("a term is missing", "Write one here, or leave out what joins it; a word such as AND is a value in quotes");
        }
        if (_text.Here == '(')
        {
            return Group(field);
        }
        return field is null ? Term() : new FieldTerm(field, _values.InGroup(field));
    }

    private QueryNode Group(QueryField? field)
    {
        var start = _text.Position++;
        if (++_depth > MaxDepth)
        {
            throw QueryText.Refused(start, $"groups nest deeper than {MaxDepth}", "Leave out parentheses that are not needed");
        }
        var inside = Alternatives(field);
        if (!_text.Take(")"))
        {
            throw QueryText.Refused(start, "the parenthesis is not closed", "Write ) after the group");
        }
        _depth--;
        return inside;
    }

    private QueryNode Term()
    {
        if (_text.Here is '[' or '{' or '<' or '>' or ':')
        {
            throw _text.Refused("a field is missing", $"Write one before it: {QueryField.All}");
        }
        if (_text.Here == '"')
        {
            return AnyField(_values.Phrase());
        }
        var word = _text.ReadWord();
        var end = _text.Position;
        _text.SkipWhiteSpace();
        if (_text.Here is ':' or '<' or '>')
        {
            return FieldOf(word);
        }
        _text.Position = end;
        return AnyField(_values.Bare(word));
    }

    private QueryNode FieldOf(QueryWord word)
    {
        if (word.HasWildcards)
        {
            throw QueryText.Refused(word.Start, $"the field '{word.Raw}' has a wildcard", "Write its whole name; * alone is every thing");
        }
        var field = QueryField.Find(word.Text)
            ?? throw QueryText.Refused(word.Start, $"there is no field '{word.Text}'", $"Write {QueryField.All}; names are with case");
        if (!_fields.Contains(field.Name))
        {
            _fields.Add(field.Name);
        }
        if (_text.Take(":"))
        {
            _text.SkipWhiteSpace();
            if (_text.Here == '(')
            {
                return Group(field);
            }
        }
        return new FieldTerm(field, _values.Of(field));
    }

    private AnyFieldTerm AnyField(ValueTest test)
    {
        if (!_fields.Contains("*"))
        {
            _fields.Add("*");
        }
        return new(test);
    }
}
