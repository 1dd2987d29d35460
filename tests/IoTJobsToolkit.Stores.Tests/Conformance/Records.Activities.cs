using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>What operators did, with every field.</summary>
internal static partial class Records
{
    public static ActivityRecord FullActivity(long sequence) => new()
    {
        Sequence = sequence,
        At = Time.AddMilliseconds(sequence),
        By = AnyText,
        Role = AccessRole.OPERATOR,
        Origin = CallOrigin.PORTAL,
        OperationName = "CancelJob",
        SubjectKind = ActivitySubject.JOB_EXECUTION,
        SubjectName = AnyText,
        Details = AnyText,
    };
}
