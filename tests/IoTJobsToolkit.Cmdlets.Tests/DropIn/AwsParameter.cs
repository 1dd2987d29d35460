namespace IoTJobsToolkit.Cmdlets.Tests.DropIn;

/// <summary>A parameter of AWS's own module, as aws-tools-parameters.tsv states it; those of every cmdlet stand under <c>*</c>.</summary>
internal sealed record AwsParameter(
    string Cmdlet, string Name, string Type, IReadOnlyList<string> Aliases, int? Position, bool ByValue, bool ByPropertyName, bool IsMandatory)
{
    public const string EveryCmdlet = "*";

    private const string AliasOf = "(alias of)";

    private static readonly string[][] Lines =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "DropIn", "aws-tools-parameters.tsv")).Skip(1).Select(line => line.Split('\t')),
    ];

    public static IReadOnlyList<AwsParameter> All { get; } = [.. Lines.Where(cells => cells[1] != AliasOf).Select(Read)];

    /// <summary>Older names of cmdlets, and what they are called now.</summary>
    public static IReadOnlyDictionary<string, string> OlderNames { get; } =
        Lines.Where(cells => cells[1] == AliasOf).ToDictionary(cells => cells[0], cells => cells[2]);

    private static AwsParameter Read(string[] cells) => new(
        cells[0],
        cells[1],
        cells[2],
        cells[3].Split(',', StringSplitOptions.RemoveEmptyEntries),
        cells[4].Length == 0 ? null : int.Parse(cells[4], System.Globalization.CultureInfo.InvariantCulture),
        cells[5].Contains("value", StringComparison.Ordinal),
        cells[5].Contains("property", StringComparison.Ordinal),
        cells[6] == "yes");
}
