using System.Diagnostics;
using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Indexing;

namespace IoTJobsToolkit.Portal.Tests.Indexing;

/// <summary>
/// What 100,000 executions cost, measured while nothing else of these tests runs. Limits are several times what is expected of a quiet machine.
/// </summary>
[CollectionDefinition(nameof(ExecutionIndexScaleTests), DisableParallelization = true)]
[Collection(nameof(ExecutionIndexScaleTests))]
public sealed class ExecutionIndexScaleTests(ITestOutputHelper output)
{
    private const int Executions = 100_000;

    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private static JobExecution New(int number) => new()
    {
        Sequence = number, JobSequence = 1, JobId = "job", ThingSequence = number, ThingName = $"sensor-{number:000000}", Number = 1,
        QueuedAt = Start.AddSeconds(number / 1_000), LastUpdatedAt = Start.AddSeconds(number % 977), VersionNumber = number % 5 + 1,
        Status = (JobExecutionStatus)(number % 8),
        StatusDetails = number % 8 == 3 ? new Dictionary<string, string> { ["reason"] = $"error {number % 19}" } : JobExecution.NoDetails,
    };

    [Fact]
    public void A_hundred_thousand_executions_are_small_and_each_look_is_short()
    {
        var executions = Enumerable.Range(0, Executions).Select(New).ToArray();
        var things = new ThingSet(executions.Where((_, i) => i % 3 == 0).Select(execution => execution.ThingName));
        var index = new ExecutionIndex("job", TimeProvider.System);
        var (built, bytes) = Enumerable.Range(0, 5).Select(_ => Build()).OrderBy(figures => figures.Bytes).ElementAt(2); // What earlier tests left may go meanwhile.
        // Filters which were not asked before, so that each look goes through all; the first of each also warms up.
        var looks = new Dictionary<string, double>
        {
            ["two statuses"] = Least(i => Look(new(StatusSet.Of((JobExecutionStatus)i, (JobExecutionStatus)(i + 1))))),
            ["reason"] = Least(i => Look(new(Reason: $"error {i}"))),
            ["group"] = Least(i => Look(new(Things: things, Version: i < 5 ? i + 1 : null))),
            ["version"] = Least(i => Look(new(Version: i % 5 + 1, Statuses: StatusSet.Of((JobExecutionStatus)i)))),
            ["updated last"] = Least(i => Look(new(new StatusSet(255 - (i == 0 ? 0 : 1 << i)), Sort: ExecutionSort.Updated))),
            ["middle"] = Least(i => Assert.Equal(50, index.Read(ExecutionFilter.None, 50_000 + i, 50).Rows.Count)),
            ["reasons"] = Least(_ => Assert.NotEmpty(index.Reasons())),
            ["progress"] = Least(_ => Assert.Equal(Executions, index.Progress().Created[^1])),
            ["1,000 changes"] = Least(i => index.Apply([.. executions[..1_000].Select(execution => new ExecutionChanged(Start, execution, execution with { VersionNumber = 9 + i }))])),
            ["1,000 deletions"] = Least(i => index.Apply([.. executions[(i * 1_000)..((i + 1) * 1_000)].Select(execution => new ExecutionChanged(Start, execution, null))])),
        };

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"built in {built:0} ms, {bytes:0} bytes an execution besides its name"));
        output.WriteLine(string.Join(", ", looks.Select(look => string.Create(CultureInfo.InvariantCulture, $"{look.Key} {look.Value:0.0} ms"))));
        Assert.InRange(bytes, 0, 80);
        Assert.All(looks, look => Assert.True(look.Value < 250, $"{look.Key} takes {look.Value} ms."));

        (double Milliseconds, double Bytes) Build()
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var made = new ExecutionIndex("job", TimeProvider.System);
            var took = Time(() =>
            {
                foreach (var page in executions.Chunk(1_500))
                {
                    made.Add(page);
                }
            });
            var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Executions; // The names are the array's too.
            index = made;
            return (took, grown);
        }

        void Look(ExecutionFilter filter) => index.Read(filter, 0, 50);
    }

    /// <summary>The shortest of six times, which is what it costs: the others were made to wait.</summary>
    private static double Least(Action<int> work) => Enumerable.Range(0, 6).Min(i => Time(() => work(i)));

    private static double Time(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
