using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace IoTJobsToolkit.Engine.Telemetry;

/// <summary>
/// One span for each operation that is called. It names what the call was about and how it ended; what callers and devices sent, documents and details
/// among it, is nobody's to read who only collects traces.
/// </summary>
internal static class OperationSpan
{
    private static readonly ActivitySource Source = new(JobsTelemetry.SourceName);
    private static readonly ConcurrentDictionary<Type, (string Tag, PropertyInfo Property)[]> Subjects = new();

    /// <summary>Null where nobody listens.</summary>
    public static Activity? Start(Operation operation, Caller caller)
    {
        if (!Source.HasListeners() || Source.StartActivity(operation.Name) is not { } span)
        {
            return null;
        }
        if (span.IsAllDataRequested)
        {
            span.SetTag(JobsTelemetry.OperationName, operation.Name);
            span.SetTag(JobsTelemetry.CallerKind, caller.Kind.ToString());
            foreach (var (tag, property) in Subjects.GetOrAdd(operation.GetType(), SubjectsOf))
            {
                span.SetTag(tag, property.GetValue(operation));
            }
        }
        return span;
    }

    public static void Fail(Activity span, Exception failure)
    {
        span.SetTag(JobsTelemetry.ErrorType, JobsTelemetry.ErrorOf(failure));
        span.SetStatus(ActivityStatusCode.Error);
    }

    private static (string Tag, PropertyInfo Property)[] SubjectsOf(Type operation) =>
        [.. new[] { (Tag: JobsTelemetry.JobId, Name: "JobId"), (Tag: JobsTelemetry.ThingName, Name: "ThingName") }
            .Select(subject => (subject.Tag, Property: operation.GetProperty(subject.Name, typeof(string))!))
            .Where(subject => subject.Property is not null)];
}
