using System.Globalization;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>Lines of figures; those with a budget say whether they keep it.</summary>
internal sealed class Report(TextWriter output)
{
    public bool AllReached { get; private set; } = true;

    public void Title(string text) => output.WriteLine($"\n{text}\n");

    public void Figure(string what, double value, string unit) => Line(what, value, unit, "");

    public void AtMost(string what, double value, string unit, double budget) => Budget(what, value, unit, "<=", budget, value <= budget);

    public void AtLeast(string what, double value, string unit, double budget) => Budget(what, value, unit, ">=", budget, value >= budget);

    /// <param name="budget">Of the 99th percentile.</param>
    /// <param name="longest">Of each single call; null where that is only told.</param>
    public void Latencies(string what, List<double> milliseconds, double budget, double? longest = null)
    {
        milliseconds.Sort();
        Figure($"{what}: calls", milliseconds.Count, "");
        Figure($"{what}: p50", Percentile(milliseconds, 0.5), "ms");
        AtMost($"{what}: p99", Percentile(milliseconds, 0.99), "ms", budget);
        if (longest is { } limit)
        {
            AtMost($"{what}: max", milliseconds.LastOrDefault(), "ms", limit);
        }
        else
        {
            Figure($"{what}: max", milliseconds.LastOrDefault(), "ms");
        }
    }

    /// <param name="budget">Of the 95th percentile.</param>
    public void Delays(string what, List<double> milliseconds, double budget)
    {
        milliseconds.Sort();
        Figure($"{what}: measured", milliseconds.Count, "");
        Figure($"{what}: p50", Percentile(milliseconds, 0.5), "ms");
        AtMost($"{what}: p95", Percentile(milliseconds, 0.95), "ms", budget);
        Figure($"{what}: max", milliseconds.LastOrDefault(), "ms");
    }

    private static double Percentile(List<double> sorted, double part) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * part)];

    private void Budget(string what, double value, string unit, string sign, double budget, bool isReached)
    {
        AllReached &= isReached;
        Line(what, value, unit, string.Create(CultureInfo.InvariantCulture, $"{sign} {budget:0.##}  {(isReached ? "ok" : "MISSED")}"));
    }

    private void Line(string what, double value, string unit, string verdict) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-72} {value,12:#,0.##} {unit,-5} {verdict}"));
}
