namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>How a cmdlet takes the targets of a job; two cmdlets that have nothing else in common do.</summary>
internal interface ITargetParameters
{
    /// <summary>ARNs of things and thing groups.</summary>
    string[]? Target { get; }

    /// <summary>Names of things.</summary>
    string[]? Thing { get; }

    /// <summary>Names of thing groups.</summary>
    string[]? Group { get; }
}
