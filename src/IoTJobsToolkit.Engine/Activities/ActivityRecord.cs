using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Engine.Activities;

/// <summary>One change that an operator made, as the audit keeps it: who did what to what, when, and by which door.</summary>
public sealed record ActivityRecord
{
    /// <summary>Place in the order of all changes.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    /// <summary>The role at that time; null where nobody had one, as in a sign-in that failed.</summary>
    public AccessRole? Role { get; init; }

    public CallOrigin? Origin { get; init; }

    /// <summary>AWS's name of the operation, or the name of a fact such as <c>SignIn</c>.</summary>
    public required string OperationName { get; init; }

    public required ActivitySubject SubjectKind { get; init; }

    public required string SubjectName { get; init; }

    /// <summary>What else is worth knowing, in a few words; never a document, never a secret.</summary>
    public string? Details { get; init; }
}
