using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine;

/// <summary>How an operation meets the store.</summary>
public enum OperationAccess
{
    /// <summary>Reads what is usually in memory: answered on the caller's thread when it is.</summary>
    Reads,

    /// <summary>Reads pages: always takes its turn on the store's thread.</summary>
    ReadsPages,

    /// <summary>Changes a few records which it finds by key: commits together with other callers' changes.</summary>
    Writes,

    /// <summary>Changes after reading ranges: commits alone, so that the ranges hold what was committed before.</summary>
    WritesAlone,
}

/// <summary>A call: an immutable record of what is asked, named as AWS names it.</summary>
public abstract record Operation
{
    /// <summary>AWS's name of the operation.</summary>
    [JsonIgnore]
    public string Name => GetType().Name;

    internal virtual OperationAccess Access => OperationAccess.Writes;

    /// <summary>Checks each member by itself, in the order of the model, then their combinations (http-api 8).</summary>
    internal virtual void Validate(Check check)
    {
    }

    /// <summary>
    /// What an operator's change by this operation was of, asked after it ran and changed something. Null for what reads and for what devices do:
    /// whatever else writes for an operator says it.
    /// </summary>
    internal virtual ActivityNote? Note(JobsTransaction tx) => null;

    /// <summary>What it changes is not in the store: it is recorded though nothing there changes.</summary>
    internal virtual bool ChangesElsewhere => false;

    /// <summary>Work before the engine's turn that needs the world outside, such as fetching a document; returns what is to be run.</summary>
    internal virtual ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) => new(this);

    /// <summary>The same, for what has to ask the engine before it runs.</summary>
    internal virtual ValueTask<Operation> PrepareAsync(JobsEngine engine, CancellationToken cancellationToken) => PrepareAsync(engine.Services, cancellationToken);
}

/// <summary>A call with its answer.</summary>
public abstract record Operation<TResponse> : Operation
{
    /// <summary>Decides, then saves: when it throws, nothing has changed.</summary>
    internal abstract TResponse Run(JobsTransaction tx);

    /// <summary>What has to be waited for after its change is durable, before the caller is answered.</summary>
    internal virtual ValueTask<TResponse> FinishAsync(JobsEngine engine, TResponse answer, CancellationToken cancellationToken) => new(answer);
}

/// <summary>The answer of operations which answer nothing.</summary>
public sealed record Nothing
{
    public static Nothing Value { get; } = new();
}
