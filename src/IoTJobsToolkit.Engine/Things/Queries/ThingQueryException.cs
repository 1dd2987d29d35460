namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>A text is no query. The message says where, what is wrong and what to write instead.</summary>
public sealed class ThingQueryException(int position, string problem, string advice)
    : FormatException($"At position {position}: {problem}. {advice}.")
{
    /// <summary>The character in the query, counted from 1; one more than its length where the end comes too early.</summary>
    public int Position { get; } = position;
}
