using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Properties.Model;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Properties.Programs;

/// <summary>One step of a program. It names what it is about, so that it means something whatever the steps before it were.</summary>
internal abstract record Step;

/// <summary>A call; by its device when it is a device's.</summary>
internal abstract record CallStep : Step
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public abstract Operation At(DateTimeOffset now);

    /// <summary>Runs what <see cref="At"/> gave.</summary>
    public abstract Task<object?> RunAsync(IJobs jobs, Operation operation, CancellationToken cancellationToken);

    protected static string Text(Operation operation) => $"{operation.Name} " + JsonSerializer.Serialize<object>(operation, Readable)
        .Replace(TestEngine.ThingArn(""), "thing/", StringComparison.Ordinal)
        .Replace(TestEngine.GroupArn(""), "thinggroup/", StringComparison.Ordinal)
        .Replace("\\\"", "'", StringComparison.Ordinal)
        .Replace("\"", "", StringComparison.Ordinal);
}

internal sealed record Call<TResponse>(Operation<TResponse> Operation) : CallStep
{
    public override Operation At(DateTimeOffset now) => Operation;

    public override async Task<object?> RunAsync(IJobs jobs, Operation operation, CancellationToken cancellationToken) =>
        await jobs.ExecuteAsync(Operation, cancellationToken);

    public override string ToString() => Text(Operation);
}

/// <summary>A job with a schedule, which is counted from the moment of the call.</summary>
internal sealed record CreateScheduled(CreateJob Job, TimeSpan? StartsIn, TimeSpan? EndsIn, JobEndBehavior? EndBehavior, MaintenanceWindow? Window) : CallStep
{
    public override Operation At(DateTimeOffset now) => Job with
    {
        SchedulingConfig = new()
        {
            StartTime = Text(now + StartsIn),
            EndTime = Text(now + EndsIn),
            EndBehavior = EndBehavior,
            MaintenanceWindows = Window is null ? null : [Window],
        },
    };

    public override async Task<object?> RunAsync(IJobs jobs, Operation operation, CancellationToken cancellationToken) =>
        await jobs.ExecuteAsync((CreateJob)operation, cancellationToken);

    public override string ToString() =>
        $"{Text(Job)} starts in {StartsIn?.ToString() ?? "-"} ends in {EndsIn?.ToString() ?? "-"} {EndBehavior} window {Window?.StartTime} {Window?.DurationInMinutes}";

    private static string? Text(DateTimeOffset? at) => at?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A call about the n-th execution there is at that moment, in the order of creation; no call when there is none.</summary>
internal sealed record Aimed(int Nth, bool AtPending, Func<ModelExecution, CallStep> Call) : Step
{
    public CallStep? At(JobsModel model)
    {
        var executions = model.Executions.Where(e => e.Thing.Exists && (e.IsPending || !AtPending)).OrderBy(e => e.Sequence).ToList();
        return executions.Count > 0 ? Call(executions[Nth % executions.Count]) : null;
    }

    public override string ToString() => "a call about an execution";
}

/// <summary>Time that passes.</summary>
internal sealed record Wait(TimeSpan Span) : Step
{
    public override string ToString() => $"wait {Span}";
}

/// <summary>Time that passes until the n-th instant at which something is due, or just before or after it; a minute when nothing is.</summary>
internal sealed record WaitForEvent(int Nth, TimeSpan Offset) : Step
{
    public override string ToString() => $"wait for the event {Nth} from now, offset {Offset.TotalMilliseconds} ms";
}

/// <summary>The engine ends and another takes its store, in the runs that restart.</summary>
internal sealed record Restart : Step
{
    public override string ToString() => "restart";
}
