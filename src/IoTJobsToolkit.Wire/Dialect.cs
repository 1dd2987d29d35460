namespace IoTJobsToolkit.Wire;

/// <summary>Where AWS's documentation contradicts itself, which of the two it is (C-1, C-2).</summary>
public enum Dialect
{
    /// <summary>CancelJob answers the job's ARN and id; a finished job is COMPLETED.</summary>
    Aws,

    /// <summary>CancelJob answers <c>{}</c>; a finished job is SUCCEEDED.</summary>
    Seed,
}
