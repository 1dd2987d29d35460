namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>
/// A query of AWS's fleet indexing, which says what things a dynamic thing group has (jobs-reference 1.5, 4.8, 17).
/// </summary>
/// <remarks>
/// <para>What is written:</para>
/// <list type="table">
/// <item><term><c>attributes.model:M1</c></term><description>The field has this value. Fields are <c>thingName</c>, <c>thingTypeName</c>,
/// <c>thingId</c>, <c>connectivity.connected</c> (<c>true</c> or <c>false</c>) and <c>attributes.NAME</c>; any other is refused, because
/// a query for what is not indexed would have no things and not say why.</description></item>
/// <item><term><c>M1</c></term><description>The thing's name, type, id or any of its attributes has this value; whether it is connected
/// is not looked at. <c>*</c> alone is every thing.</description></item>
/// <item><term><c>"M 1"</c></term><description>The same; nothing inside quotes has a meaning but the backslash.</description></item>
/// <item><term><c>M\*</c></term><description>A backslash takes the next character as it is, in fields, values and quotes.</description></item>
/// <item><term><c>M*</c>, <c>M?</c></term><description>Any number of characters; exactly one character.</description></item>
/// <item><term><c>attributes.model:*</c></term><description>The field is there, whatever its value.</description></item>
/// <item><term><c>[1 TO 5]</c>, <c>{1 TO 5}</c>, <c>[1 TO 5}</c>, <c>[1 TO *]</c></term><description>A range after a field, with its
/// ends, without, with one, open.</description></item>
/// <item><term><c>attributes.n&gt;5</c></term><description>Likewise <c>&gt;=</c>, <c>&lt;</c>, <c>&lt;=</c>; a colon may stand
/// before.</description></item>
/// <item><term><c>AND</c> <c>OR</c> <c>NOT</c></term><description>In capitals; also <c>&amp;&amp;</c>, <c>||</c>, and <c>-</c> or
/// <c>!</c> right before a term. Terms next to each other are joined by AND.</description></item>
/// <item><term><c>( )</c></term><description>Groups, also of one field's values: <c>attributes.model:(M1 OR M2)</c>.</description></item>
/// </list>
/// <para>What AWS's pages say and is kept: AND is the default operator; names of fields are with case, values without. What they leave
/// open, as decided here:</para>
/// <list type="bullet">
/// <item>NOT binds before AND, AND before OR. <c>NOT attributes.a:x</c> includes things without the attribute.</item>
/// <item>A value is compared as a whole: names and attributes hold no white space that would make words of them.</item>
/// <item>In ranges and comparisons, an end which is a number without quotes compares as a number, and a value that is no number is
/// outside. Any other end compares as text, ordinal and without case. Both ends of a range must be of one kind, and in order.</item>
/// <item>Equality is of text: <c>attributes.version:1.1</c> is not 1.10.</item>
/// <item>Right after <c>:</c> or a comparison a hyphen belongs to the value (<c>attributes.t&gt;-5</c>); elsewhere it excludes.</item>
/// <item>A colon in a value is escaped or quoted. <c>@ # % / ' ; , =</c>, which AWS's index leaves out, stand for themselves, since
/// attributes may hold them. Boosts and fuzzy terms (<c>^ ~</c>) are refused, as is a required term (<c>+</c>).</item>
/// <item>A connection that is not known is neither <c>true</c> nor <c>false</c> nor <c>*</c>.</item>
/// </list>
/// </remarks>
public sealed class ThingQuery
{
    /// <summary>The most terms which AWS takes (jobs-reference 17).</summary>
    public const int MaxTerms = 5;

    /// <summary>The most characters which AWS takes (jobs-reference 17).</summary>
    public const int MaxLength = 1000;

    private readonly string _text;
    private readonly QueryNode _root;

    private ThingQuery(string text, QueryNode root, IReadOnlyList<string> fields)
    {
        _text = text;
        _root = root;
        Fields = fields;
    }

    /// <summary>
    /// The fields which the query looks at, each once, in the order of the text; <c>*</c> stands for all of a term without a field. So
    /// a caller knows whether a change of a thing can matter, and whether it must find out a thing's id.
    /// </summary>
    public IReadOnlyList<string> Fields { get; }

    /// <param name="maxTerms">
    /// Most terms, <see cref="MaxTerms"/> in AWS; with it come AWS's other limits: <see cref="MaxLength"/>, and a wildcard at the
    /// beginning of one value at most, and then in no more than 100 characters. Null: no limits.
    /// </param>
    /// <exception cref="ThingQueryException">The text is no query, or one beyond the limits.</exception>
    public static ThingQuery Parse(string text, int? maxTerms)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (maxTerms is not null && text.Length > MaxLength)
        {
            throw new ThingQueryException(
                MaxLength + 1, $"the query has {text.Length} characters", $"Write at most {MaxLength}");
        }
        var parser = new QueryParser(text, maxTerms);
        return new(text, parser.Read(), parser.Fields);
    }

    /// <param name="thingId">The thing's id, where it is at hand; without it no term on <c>thingId</c> matches.</param>
    /// <param name="connected">Whether the thing is connected; null where that is not known, as beside a broker of somebody else.</param>
    public bool Matches(Thing thing, string? thingId = null, bool? connected = null) => _root.Matches(new(thing, thingId, connected));

    public override string ToString() => _text;
}
