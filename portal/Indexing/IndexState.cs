namespace IoTJobsToolkit.Portal.Indexing;

public enum IndexState
{
    /// <summary>Some executions are still to be read; those which were are there.</summary>
    Counting,

    /// <summary>Every execution is there, and each change arrives.</summary>
    Whole,

    /// <summary>All that is looked at holds more executions than memory is meant for.</summary>
    TooLarge,

    /// <summary>Reading failed; <see cref="JobIndex.Failure"/> says why.</summary>
    Failed,
}
