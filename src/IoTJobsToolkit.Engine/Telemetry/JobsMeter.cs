using System.Diagnostics;
using System.Diagnostics.Metrics;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Telemetry;

/// <summary>The engine's figures. How many there are of what is kept with each commit, so that to read it costs nothing that grows.</summary>
internal sealed class JobsMeter
{
    private static readonly JobStatus[] JobStatuses = Enum.GetValues<JobStatus>();
    private static readonly JobExecutionStatus[] ExecutionStatuses = Enum.GetValues<JobExecutionStatus>();

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] };

    private readonly TimeProvider _clock;
    private readonly Histogram<double> _operationTime;
    private readonly Histogram<double> _commitTime;
    private readonly Histogram<long> _commitSize;
    private readonly Counter<long> _executionChanges;

    public JobsMeter(IMeterFactory meters, JobsMemory memory, JobsFeed feed, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(JobsTelemetry.MeterName);
        _operationTime = meter.CreateHistogram("iotjobs.operation.duration", "s", "From the call of an operation to its answer.", null, Seconds);
        _commitTime = meter.CreateHistogram("iotjobs.commit.duration", "s", "How long the store took to make a batch of changes durable.", null, Seconds);
        _commitSize = meter.CreateHistogram("iotjobs.commit.size", "{operation}", "Callers' operations that were committed together.", null, Sizes);
        _executionChanges = meter.CreateCounter<long>("iotjobs.execution.changes", "{execution}", "Executions that came into a status.");
        meter.CreateObservableUpDownCounter(
            "iotjobs.jobs",
            () => JobStatuses.Select(status => new Measurement<long>(memory.CountJobs(status), Tag(JobsTelemetry.JobStatus, status.ToString()))),
            "{job}",
            "Jobs in each status.");
        meter.CreateObservableUpDownCounter(
            "iotjobs.executions",
            () => ExecutionStatuses.Select(status => new Measurement<long>(memory.CountExecutions(status), Tag(JobsTelemetry.ExecutionStatus, status.ToString()))),
            "{execution}",
            "Executions in each status, of all jobs that are there.");
        meter.CreateObservableCounter("iotjobs.events.missed", () => feed.Missed, "{event}", "Committed events that a subscriber was too slow for.");
    }

    public void Operated(Operation operation, long started, Exception? failure)
    {
        if (!_operationTime.Enabled)
        {
            return;
        }
        var tags = new TagList { { JobsTelemetry.OperationName, operation.Name } };
        if (failure is not null)
        {
            tags.Add(JobsTelemetry.ErrorType, JobsTelemetry.ErrorOf(failure));
        }
        _operationTime.Record(_clock.GetElapsedTime(started).TotalSeconds, tags);
    }

    /// <param name="operations">Of callers; 0 where it was the engine's own work.</param>
    public void Committed(JobsChanges changes, int operations, long started)
    {
        _commitTime.Record(_clock.GetElapsedTime(started).TotalSeconds);
        if (operations > 0)
        {
            _commitSize.Record(operations);
        }
        if (!_executionChanges.Enabled)
        {
            return;
        }
        Span<long> came = stackalloc long[ExecutionStatuses.Length];
        foreach (var (before, after) in changes.Executions.Values)
        {
            if (after is not null && after.Status != before?.Status)
            {
                came[(int)after.Status]++;
            }
        }
        for (var status = 0; status < came.Length; status++)
        {
            if (came[status] > 0)
            {
                _executionChanges.Add(came[status], Tag(JobsTelemetry.ExecutionStatus, ExecutionStatuses[status].ToString()));
            }
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
