using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Indexing;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Indexing;

/// <summary>The index against a plain list that is counted anew each time.</summary>
public sealed class ExecutionIndexTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Words = ["disk full", "no network", "checksum", ""];

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly ExecutionIndex _index;
    private readonly Dictionary<long, JobExecution> _plain = [];

    public ExecutionIndexTests() => _index = new("job", _clock);

    private static JobExecution New(long sequence, string thing, int second, long number = 1) => new()
    {
        Sequence = sequence, JobSequence = 1, JobId = "job", ThingSequence = 1, ThingName = thing, Number = number,
        QueuedAt = Start.AddSeconds(second), LastUpdatedAt = Start.AddSeconds(second),
    };

    private static JobExecution Moved(JobExecution execution, JobExecutionStatus status, int second, string? reason = null) => execution with
    {
        Status = status,
        VersionNumber = execution.VersionNumber + 1,
        LastUpdatedAt = Start.AddSeconds(second),
        StartedAt = execution.StartedAt ?? Start.AddSeconds(second),
        StatusDetails = reason is { Length: > 0 } ? new Dictionary<string, string> { ["reason"] = reason } : JobExecution.NoDetails,
    };

    private IEnumerable<JobExecution> Plain => _plain.Values.OrderBy(execution => execution.Key);

    private void Apply(params IReadOnlyList<ExecutionChanged> changes)
    {
        foreach (var change in changes)
        {
            if (change.After is { } after)
            {
                _plain[after.Sequence] = after;
            }
            else
            {
                _plain.Remove(change.Before!.Sequence);
            }
        }
        _index.Apply(changes);
    }

    private static bool Failed(JobExecution execution) =>
        execution.Status is JobExecutionStatus.FAILED or JobExecutionStatus.TIMED_OUT or JobExecutionStatus.REJECTED;

    private void AssertIsAsPlain(ExecutionFilter filter, Func<JobExecution, bool> matches)
    {
        var expected = Plain.Where(matches);
        if (filter.Sort == ExecutionSort.Updated)
        {
            expected = expected.OrderByDescending(execution => execution.LastUpdatedAt).ThenBy(execution => execution.Key);
        }
        var rows = _index.Read(filter, 0, int.MaxValue);
        Assert.Equal(
            expected.Select(e => (e.ThingName, e.Number, e.Status, e.VersionNumber, e.QueuedAt, e.StartedAt, e.LastUpdatedAt, Failed(e) ? FailureReason.Of(e) : null)),
            rows.Rows.Select(r => (r.Line.ThingName, r.Line.Number, r.Line.Status, r.Version, r.Line.QueuedAt, r.Line.StartedAt, r.Line.LastUpdatedAt, r.Reason)));
        Assert.Equal(rows.Rows.Count, rows.Total);
    }

    private void AssertAllIsAsPlain()
    {
        AssertIsAsPlain(ExecutionFilter.None, _ => true);
        AssertIsAsPlain(new(Sort: ExecutionSort.Updated), _ => true);
        AssertIsAsPlain(new(StatusSet.Of(JobExecutionStatus.FAILED, JobExecutionStatus.REJECTED)), e => e.Status is JobExecutionStatus.FAILED or JobExecutionStatus.REJECTED);
        AssertIsAsPlain(new(Reason: "disk full"), e => Failed(e) && FailureReason.Of(e) == "disk full");
        AssertIsAsPlain(new(Version: 2, Sort: ExecutionSort.Updated), e => e.VersionNumber == 2);
        var things = new ThingSet(["thing-3", "thing-4", "thing-77"]);
        AssertIsAsPlain(new(Things: things), e => things.Has(e.ThingName));
        Assert.Equal(
            Plain.Where(Failed).GroupBy(FailureReason.Of).Select(group => new ReasonCount(group.Key, group.Count()))
                .OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Reason, StringComparer.Ordinal),
            _index.Reasons());
        var progress = _index.Progress();
        Assert.Equal(
            (_plain.Values.Count(e => e.RetryAttempt == 0), _plain.Values.Count(e => e.RetryAttempt == 0 && e.Status is not (JobExecutionStatus.QUEUED or JobExecutionStatus.IN_PROGRESS))),
            progress.IsEmpty ? (0, 0) : (progress.Created[^1], progress.Ended[^1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_changes_leave_what_a_plain_recount_finds(int seed)
    {
        var random = new Random(seed);
        var sequence = 0L;
        for (var batch = 0; batch < 120; batch++)
        {
            var changes = new List<ExecutionChanged>();
            var now = new Dictionary<long, JobExecution>(_plain);
            for (var i = random.Next(40); i > 0; i--)
            {
                if (now.Count == 0 || random.Next(3) == 0)
                {
                    // Mostly at the end, as rollouts go; some before others of the same moment.
                    var created = New(++sequence, $"thing-{random.Next(90)}", batch - random.Next(2), random.Next(1, 4)) with { RetryAttempt = random.Next(4) / 3 };
                    now[sequence] = created;
                    changes.Add(new(Start, null, created));
                    continue;
                }
                var before = now.Values.ElementAt(random.Next(now.Count));
                if (random.Next(5) == 0)
                {
                    now.Remove(before.Sequence);
                    changes.Add(new(Start, before, null));
                }
                else
                {
                    var after = Moved(before, (JobExecutionStatus)random.Next(8), batch + random.Next(5), Words[random.Next(Words.Length)]);
                    now[before.Sequence] = after;
                    changes.Add(new(Start, before, after));
                }
            }
            Apply(changes);
            _clock.Advance(TimeSpan.FromSeconds(2));
            AssertAllIsAsPlain();
        }
    }

    [Fact]
    public void A_commit_told_after_a_newer_state_was_read_changes_nothing()
    {
        var queued = New(1, "lamp", 0);
        var failed = Moved(Moved(queued, JobExecutionStatus.IN_PROGRESS, 1), JobExecutionStatus.FAILED, 2, "disk full");
        _index.Add([failed]);

        _index.Apply([new(Start, null, queued)]);
        _index.Apply([new(Start, queued, Moved(queued, JobExecutionStatus.IN_PROGRESS, 1))]);

        Assert.Equal(JobExecutionStatus.FAILED, _index.Read(ExecutionFilter.None, 0, 1).Rows[0].Line.Status);
        Assert.Equal([new ReasonCount("disk full", 1)], _index.Reasons());
    }

    [Fact]
    public void Rows_are_read_from_anywhere_and_never_beyond_the_end()
    {
        _index.Add(Enumerable.Range(0, 3_000).Select(i => New(i + 1, $"thing-{i:0000}", i / 100)));

        Assert.Equal(["thing-1500", "thing-1501"], _index.Read(ExecutionFilter.None, 1_500, 2).Rows.Select(row => row.Line.ThingName));
        Assert.Equal(["thing-2999"], _index.Read(ExecutionFilter.None, 2_999, 50).Rows.Select(row => row.Line.ThingName));
        Assert.Empty(_index.Read(ExecutionFilter.None, 4_000, 50).Rows);
    }

    [Fact]
    public void The_progress_is_cumulated_from_the_first_to_the_last_moment()
    {
        var first = New(1, "a", 0);
        _index.Add([Moved(first, JobExecutionStatus.SUCCEEDED, 50), New(2, "b", 60), New(3, "c", 100)]);

        var progress = _index.Progress();

        Assert.Equal((Start, Start.AddSeconds(100)), (progress.From, progress.To));
        Assert.Equal((1, 2, 3), (progress.Created[0], progress.Created[60], progress.Created[100]));
        Assert.Equal((0, 1, 1), (progress.Ended[49], progress.Ended[50], progress.Ended[100]));
    }

    [Fact]
    public void Readers_beside_a_writer_see_whole_rows()
    {
        _index.Add(Enumerable.Range(0, 5_000).Select(i => New(i + 1, $"thing-{i:0000}", 0)));
        const string reason = "broken";
        var writer = Task.Run(() =>
        {
            foreach (var chunk in Enumerable.Range(0, 5_000).Chunk(50))
            {
                _index.Apply([.. chunk.Select(i => new ExecutionChanged(Start, null, Moved(New(i + 1, $"thing-{i:0000}", 0), JobExecutionStatus.FAILED, 1, reason)))]);
                _index.Apply([.. chunk.Take(25).Select(i => new ExecutionChanged(Start, New(i + 1, $"thing-{i:0000}", 0), null))]);
            }
        }, TestContext.Current.CancellationToken);

        while (!writer.IsCompleted)
        {
            foreach (var row in _index.Read(new(StatusSet.Of(JobExecutionStatus.FAILED)), 100, 50).Rows)
            {
                Assert.Equal((JobExecutionStatus.FAILED, reason), (row.Line.Status, row.Reason));
            }
        }

        Assert.Equal([new ReasonCount(reason, 2_500)], _index.Reasons());
    }
}
