namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>A query, or a part of one. No deeper than the parser nests, so that it can be walked by recursion.</summary>
internal abstract class QueryNode
{
    public abstract bool Matches(in ThingFacts facts);
}

internal sealed class AllOf(IReadOnlyList<QueryNode> parts) : QueryNode
{
    public override bool Matches(in ThingFacts facts)
    {
        foreach (var part in parts)
        {
            if (!part.Matches(facts))
            {
                return false;
            }
        }
        return true;
    }
}

internal sealed class AnyOf(IReadOnlyList<QueryNode> parts) : QueryNode
{
    public override bool Matches(in ThingFacts facts)
    {
        foreach (var part in parts)
        {
            if (part.Matches(facts))
            {
                return true;
            }
        }
        return false;
    }
}

internal sealed class NoneOf(QueryNode part) : QueryNode
{
    public override bool Matches(in ThingFacts facts) => !part.Matches(facts);
}

/// <summary>A term with a field.</summary>
internal sealed class FieldTerm(QueryField field, ValueTest test) : QueryNode
{
    public override bool Matches(in ThingFacts facts) => field.ValueOf(facts) is { } value && test.Accepts(value);
}

/// <summary>A term without a field: any value of the thing may pass.</summary>
internal sealed class AnyFieldTerm(ValueTest test) : QueryNode
{
    public override bool Matches(in ThingFacts facts)
    {
        if (Accepts(facts.Thing.Name) || Accepts(facts.Thing.ThingTypeName) || Accepts(facts.ThingId))
        {
            return true;
        }
        foreach (var (_, value) in facts.Thing.Attributes)
        {
            if (test.Accepts(value))
            {
                return true;
            }
        }
        return false;
    }

    private bool Accepts(string? value) => value is not null && test.Accepts(value);
}
