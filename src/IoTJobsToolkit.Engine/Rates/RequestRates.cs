using System.Collections.Frozen;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Rates;

/// <summary>
/// AWS's request rates per account, region and second (jobs-reference 17): a caller beyond them is refused. What has none is not limited.
/// </summary>
internal sealed class RequestRates
{
    private const int PerControlOperation = 10;
    private const int PerDataPlane = 200;
    private const int PerMembership = 100;

    private static readonly Type[] ControlOperations =
    [
        typeof(AssociateTargetsWithJob), typeof(CancelJob), typeof(CancelJobExecution), typeof(CreateJob), typeof(CreateJobTemplate),
        typeof(DeleteJob), typeof(DeleteJobExecution), typeof(DeleteJobTemplate), typeof(DescribeJob),
        typeof(Operations.Control.DescribeJobExecution), typeof(DescribeJobTemplate), typeof(GetJobDocument), typeof(ListJobExecutionsForJob),
        typeof(ListJobExecutionsForThing), typeof(ListJobTemplates), typeof(ListJobs), typeof(UpdateJob),
    ];

    private readonly FrozenDictionary<Type, RequestRate> _rates;

    public RequestRates(TimeProvider clock)
    {
        var reads = new RequestRate(clock, PerDataPlane, "DescribeJobExecution and GetPendingJobExecutions of the data plane together");
        var writes = new RequestRate(clock, PerDataPlane, "StartNextPendingJobExecution and UpdateJobExecution together");
        _rates = ControlOperations.Select(type => KeyValuePair.Create(type, new RequestRate(clock, PerControlOperation, type.Name)))
            .Append(new(typeof(DeviceDescribe), reads))
            .Append(new(typeof(GetPendingJobExecutions), reads))
            .Append(new(typeof(StartNextPendingJobExecution), writes))
            .Append(new(typeof(UpdateJobExecution), writes))
            .Append(new(typeof(AddThingToThingGroup), new(clock, PerMembership, nameof(AddThingToThingGroup))))
            .ToFrozenDictionary();
    }

    /// <exception cref="JobsException">There were too many within the last second.</exception>
    public void Demand(Operation operation, Caller caller)
    {
        if (caller.Kind != CallerKind.System && _rates.TryGetValue(operation.GetType(), out var rate) && !rate.TryTake())
        {
            throw new JobsException(
                JobsError.Throttling,
                $"{rate.Of} may be called {rate.PerSecond} times a second; try again in a moment, or set Jobs:RequestRates to off.");
        }
    }
}
