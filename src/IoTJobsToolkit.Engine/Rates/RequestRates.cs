using System.Collections.Frozen;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Rates;

/// <summary>
/// AWS's request rates per account, region and second, of every operation which AWS has (jobs-reference 17): a caller beyond them is refused.
/// The registry's are AWS's default quotas; where AWS publishes none, ten as for most.
/// </summary>
internal sealed class RequestRates
{
    private const int Most = 10;
    private const int PerDataPlane = 200;

    private static readonly FrozenDictionary<Type, int> PerSecond = new (int PerSecond, Type[] Operations)[]
    {
        (5, [typeof(CreateDynamicThingGroup), typeof(UpdateDynamicThingGroup), typeof(DeleteDynamicThingGroup)]),
        (Most,
        [
            typeof(AssociateTargetsWithJob), typeof(CancelJob), typeof(CancelJobExecution), typeof(CreateJob), typeof(CreateJobTemplate),
            typeof(DeleteJob), typeof(DeleteJobExecution), typeof(DeleteJobTemplate), typeof(DescribeJob),
            typeof(Operations.Control.DescribeJobExecution), typeof(DescribeJobTemplate), typeof(GetJobDocument), typeof(ListJobExecutionsForJob),
            typeof(ListJobExecutionsForThing), typeof(ListJobTemplates), typeof(ListJobs), typeof(UpdateJob),
            typeof(ListManagedJobTemplates), typeof(DescribeManagedJobTemplate), typeof(ListThings), typeof(ListThingGroups),
            typeof(TagResource), typeof(UntagResource), typeof(ListTagsForResource),
            typeof(DescribeEndpoint), typeof(DescribeEventConfigurations), typeof(UpdateEventConfigurations),
        ]),
        (15, [typeof(UpdateThingGroup), typeof(DeleteThingGroup), typeof(UpdateThingGroupsForThing)]),
        (25, [typeof(CreateThingGroup), typeof(ListThingsInThingGroup)]),
        (100,
        [
            typeof(CreateThing), typeof(UpdateThing), typeof(DeleteThing), typeof(DescribeThingGroup), typeof(ListThingGroupsForThing),
            typeof(AddThingToThingGroup), typeof(RemoveThingFromThingGroup),
        ]),
        (350, [typeof(DescribeThing)]),
    }.SelectMany(line => line.Operations.Select(type => KeyValuePair.Create(type, line.PerSecond))).ToFrozenDictionary();

    private readonly FrozenDictionary<Type, RequestRate> _rates;

    public RequestRates(TimeProvider clock)
    {
        var reads = new RequestRate(clock, PerDataPlane, "DescribeJobExecution and GetPendingJobExecutions of the data plane together");
        var writes = new RequestRate(clock, PerDataPlane, "StartNextPendingJobExecution and UpdateJobExecution together");
        _rates = PerSecond.Select(line => KeyValuePair.Create(line.Key, new RequestRate(clock, line.Value, line.Key.Name)))
            .Append(new(typeof(DeviceDescribe), reads))
            .Append(new(typeof(GetPendingJobExecutions), reads))
            .Append(new(typeof(StartNextPendingJobExecution), writes))
            .Append(new(typeof(UpdateJobExecution), writes))
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
