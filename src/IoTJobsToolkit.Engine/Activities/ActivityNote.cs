namespace IoTJobsToolkit.Engine.Activities;

/// <summary>What an operation says of the change it made: the subject, and in a few words what else is worth knowing.</summary>
internal sealed record ActivityNote(ActivitySubject Kind, string Name, params string?[] Details)
{
    private const int MaxDetails = 500;

    public static ActivityNote OfExecution(string jobId, string thingName, params string?[] details) =>
        new(ActivitySubject.JOB_EXECUTION, $"{jobId}/{thingName}", details);

    public static string? Force(bool? force) => force == true ? "with force" : null;

    public static string? Named(string name, string? value) => string.IsNullOrWhiteSpace(value) ? null : $"{name} {value}";

    /// <summary>Such as <c>attributes: model, site</c>; null where there are none.</summary>
    public static string? Listed(string name, IEnumerable<string?>? values) =>
        string.Join(", ", values?.OfType<string>() ?? []) is { Length: > 0 } list ? $"{name}: {list}" : null;

    public static string? Counted(int count, string one, string many) => count == 0 ? null : count == 1 ? $"1 {one}" : $"{count} {many}";

    /// <summary>Null where there is nothing to say.</summary>
    public string? Text() => string.Join("; ", Details.OfType<string>()) is { Length: > 0 } text ? Shorten(text, MaxDetails) : null;

    /// <summary>What people and programs gave as free text is kept short, on one line.</summary>
    public static string Shorten(string text, int max)
    {
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        if (text.Length <= max)
        {
            return text;
        }
        var end = char.IsHighSurrogate(text[max - 4]) ? max - 4 : max - 3;
        return text[..end] + "...";
    }
}
