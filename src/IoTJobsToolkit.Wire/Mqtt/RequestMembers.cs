namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>What may stand in a payload, apart from what the topic says.</summary>
[Flags]
internal enum RequestMembers
{
    None = 0,
    ClientToken = 1,
    Status = 1 << 1,
    StatusDetails = 1 << 2,
    ExpectedVersion = 1 << 3,
    ExecutionNumber = 1 << 4,
    StepTimeoutInMinutes = 1 << 5,
    IncludeJobExecutionState = 1 << 6,
    IncludeJobDocument = 1 << 7,
}
