using System.Globalization;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Server.Tests.Telemetry;

/// <summary>What stands at <c>/metrics</c>.</summary>
internal sealed partial class Figures
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples = [];

    private Figures(string text)
    {
        foreach (Match line in Sample().Matches(text))
        {
            var labels = Label().Matches(line.Groups["labels"].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
            _samples.Add((line.Groups["name"].Value, labels, double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture)));
        }
        Families = [.. Family().Matches(text).Select(family => family.Groups[1].Value)];
    }

    public IReadOnlyList<string> Families { get; }

    /// <summary>As they are once they show something, for an answer of a moment ago is given again.</summary>
    public static async Task<Figures> ReadAsync(ApiServer server, Func<Figures, bool>? until = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var figures = new Figures((await server.Send("GET /metrics")).IsOk().Body);
            if (until?.Invoke(figures) is not false)
            {
                return figures;
            }
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Null where there is no such figure.</summary>
    public double? this[string name, params (string Name, string Value)[] labels] =>
        _samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))
            .Select(sample => (double?)sample.Value)
            .SingleOrDefault();

    /// <summary>How often an operation was answered; without an error where none is named.</summary>
    public double Operations(string name, string? error = null) => _samples
        .Where(sample => sample.Name == "iotjobs_operation_duration_seconds_count" && sample.Labels["iotjobs_operation_name"] == name &&
            sample.Labels.GetValueOrDefault("error_type") == error)
        .Sum(sample => sample.Value);

    [GeneratedRegex("""^(?<name>[a-z_]+)(\{(?<labels>[^}]*)\})? (?<value>[-+0-9.e]+)""", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("([a-z_]+)=\"([^\"]*)\"")]
    private static partial Regex Label();

    [GeneratedRegex("^# TYPE (iotjobs_[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Family();
}
