using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Wire.Errors.ErrorNames;

namespace IoTJobsToolkit.Wire.Errors;

/// <summary>
/// What an operation answers where the request itself is not at fault. AWS models other exceptions for jobs, templates, things and groups, and
/// its SDKs know an operation's own only (http-api 6, 10 to 12).
/// </summary>
/// <param name="Unexpected">Something went wrong that nobody foresaw.</param>
/// <param name="Unavailable">The store cannot be used.</param>
/// <param name="Denied">The caller may not; an older part of the registry has another word for it than the rest.</param>
public sealed record OperationFaults(string Unexpected, string Unavailable, string Denied)
{
    private static readonly OperationFaults Jobs = new(ServiceUnavailable, ServiceUnavailable, AccessDenied);
    private static readonly OperationFaults Things = new(InternalFailure, ServiceUnavailable, Unauthorized);
    private static readonly OperationFaults Endpoint = new(InternalFailure, InternalFailure, Unauthorized);
    private static readonly OperationFaults Registry = new(InternalFailure, InternalFailure, AccessDenied);
    private static readonly OperationFaults ManagedTemplates = new(InternalServer, InternalServer, AccessDenied);

    private static readonly Type[] OfThings = [typeof(CreateThing), typeof(DescribeThing), typeof(ListThings), typeof(UpdateThing), typeof(DeleteThing)];
    private static readonly Type[] OfManagedTemplates = [typeof(ListManagedJobTemplates), typeof(DescribeManagedJobTemplate)];
    private static readonly Type[] OfTemplates =
        [typeof(CreateJobTemplate), typeof(DescribeJobTemplate), typeof(DeleteJobTemplate), typeof(ListJobTemplates)];

    internal static OperationFaults Of(Type operation) =>
        OfThings.Contains(operation) ? Things
        : operation == typeof(DescribeEndpoint) ? Endpoint
        : OfManagedTemplates.Contains(operation) ? ManagedTemplates
        : OfTemplates.Contains(operation) || operation.Namespace == typeof(CreateThing).Namespace ? Registry
        : Jobs;
}
