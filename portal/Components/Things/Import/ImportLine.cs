namespace IoTJobsToolkit.Portal.Components.Things.Import;

/// <summary>A thing as a line of CSV has it.</summary>
/// <param name="Number">The line's in the file, from 1.</param>
/// <param name="ThingType">Null where the cell is empty: a thing that is there keeps its type.</param>
/// <param name="Attributes">Those whose cells are not empty.</param>
public sealed record ImportLine(
    int Number, string Text, string ThingName, string? ThingType, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Groups);

/// <summary>A line that was not taken over, or not wholly, and why.</summary>
public sealed record RefusedLine(int Number, string Reason, string Text);

/// <summary>A file of CSV as it was read.</summary>
/// <param name="Problem">What is wrong with the file as a whole; null where its lines could be read.</param>
public sealed record ThingFile(IReadOnlyList<ImportLine> Lines, IReadOnlyList<RefusedLine> Refused, string? Problem)
{
    public static ThingFile Unusable(string problem) => new([], [], problem);
}
