using CsCheck;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Properties.Programs;

/// <summary>What programs may use.</summary>
internal sealed record Features
{
    /// <summary>What the engine can do today.</summary>
    public static Features Today { get; } = new();

    public bool Continuous { get; init; }

    public bool Schedules { get; init; }
}

/// <summary>The names that a program uses.</summary>
internal sealed record Fleet(int Things, int Groups)
{
    public Gen<string> Thing => Gen.Int[1, Things].Select(i => $"t{i}");

    public Gen<string> Group => Gen.Int[1, Groups].Select(i => $"g{i}");
}

/// <summary>Random programs: a fleet, then calls, reports and waits. A program is known by its number.</summary>
internal static class ProgramGen
{
    private static readonly IReadOnlyDictionary<string, string> SomeDetails = new Dictionary<string, string> { ["step"] = "1" };

    public static IReadOnlyList<Step> Program(int number, Features features)
    {
        // Neighbouring seeds give alike first numbers; a multiple of the golden ratio does not.
        var pcg = new PCG(1, unchecked((ulong)(number + 1) * 0x9E3779B97F4A7C15));
        return Programs(features).Generate(pcg, null, out _);
    }

    private static Gen<Step[]> Programs(Features features) => Gen.Select(Gen.Int[3, 8], Gen.Int[2, 4]).SelectMany((things, groups) =>
    {
        var fleet = new Fleet(things, groups);
        return Gen.Select(Beginning(fleet), Any(fleet, features).Array[10, 50]).Select((beginning, steps) => (Step[])[.. beginning, .. steps]);
    });

    private static Gen<Step[]> Beginning(Fleet fleet) => Gen.Select(Gen.Int[0, 3].Array[fleet.Groups], Gen.Int[0, 3 * fleet.Groups].Array[fleet.Things]).Select((parents, homes) => (Step[])
    [
        .. Enumerable.Range(1, fleet.Groups).Select(i => CreateGroup($"g{i}", parents[i - 1] is var parent && parent > 0 && parent < i ? $"g{parent}" : null)),
        .. Enumerable.Range(1, fleet.Things).Select(i => CreateThing($"t{i}")),
        .. Enumerable.Range(1, fleet.Things).Where(i => homes[i - 1] > 0).Select(i => Add($"t{i}", $"g{(homes[i - 1] - 1) % fleet.Groups + 1}")),
    ]);

    private static Gen<Step> Any(Fleet fleet, Features features) => Gen.Frequency(
        (10, JobGen.Create(fleet, features)),
        (3, JobGen.Update),
        (15, StartNext(fleet)),
        (22, Report(fleet)),
        (20, Waits),
        (3, CancelJob),
        (3, CancelExecution(fleet)),
        (3, DeleteJob),
        (4, DeleteExecution(fleet)),
        (5, Gen.Select(fleet.Thing, fleet.Group).Select(Add)),
        (5, Gen.Select(fleet.Thing, fleet.Group).Select(Leave)),
        (2, fleet.Thing.Select(thing => (Step)new Call<DeleteThingResponse>(new DeleteThing(thing)))),
        (2, fleet.Thing.Select(CreateThing)),
        (1, fleet.Group.Select(group => (Step)new Call<DeleteThingGroupResponse>(new DeleteThingGroup(group)))),
        (1, Gen.Select(fleet.Group, fleet.Group.Null(0.6)).Where((group, parent) => group != parent).Select(CreateGroup)),
        (2, Describe(fleet)),
        (3, Gen.Const((Step)new Restart())));

    private static Gen<Step> Waits { get; } = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 2], Gen.OneOf(-1, 0, 0, 0, 1)).Select((nth, offset) => (Step)new WaitForEvent(nth, TimeSpan.FromMilliseconds(offset)))),
        (1, Gen.Int[1, 999].Select(span => (Step)new Wait(TimeSpan.FromMilliseconds(span)))),
        (1, Gen.Int[1, 59].Select(span => (Step)new Wait(TimeSpan.FromSeconds(span)))),
        (2, Gen.OneOf(1, 1, 1, 2, 3, 5, 30, 60).Select(span => (Step)new Wait(TimeSpan.FromMinutes(span)))),
        (1, Gen.OneOf(1, 2, 24, 72).Select(span => (Step)new Wait(TimeSpan.FromHours(span)))));

    private static Gen<Step> StartNext(Fleet fleet) => Gen.Select(fleet.Thing, StepTimeout, Details).Select((thing, step, details) =>
        (Step)new Call<StartNextPendingJobExecutionResponse>(new StartNextPendingJobExecution(thing) { StepTimeoutInMinutes = step, StatusDetails = details }));

    private static Gen<Step> Report(Fleet fleet) => Gen.Select(
        JobGen.JobId,
        fleet.Thing,
        Gen.Frequency((3, JobExecutionStatus.IN_PROGRESS), (3, JobExecutionStatus.SUCCEEDED), (4, JobExecutionStatus.FAILED), (1, JobExecutionStatus.REJECTED)),
        StepTimeout,
        Details,
        Gen.Int[0, 12],
        Gen.Bool).Select((job, thing, status, step, details, version, state) => (Step)new Call<UpdateJobExecutionResponse>(new UpdateJobExecution(job, thing)
        {
            Status = status,
            StepTimeoutInMinutes = step,
            StatusDetails = details,
            ExpectedVersion = version is > 0 and < 4 ? version : null,
            IncludeJobExecutionState = state ? true : null,
        }));

    private static Gen<Step> CancelJob { get; } = Gen.Select(JobGen.JobId, Gen.Int[0, 2], Gen.Bool).Select((job, reason, force) =>
        (Step)new Call<CancelJobResponse>(new CancelJob(job) { Force = force ? true : null, ReasonCode = reason == 0 ? "ROLLBACK_1" : null, Comment = reason == 0 ? "bad" : null }));

    private static Gen<Step> CancelExecution(Fleet fleet) => Gen.Select(JobGen.JobId, fleet.Thing, Gen.Int[0, 5], Gen.Bool, Details).Select((job, thing, version, force, details) =>
        (Step)new Call<Nothing>(new CancelJobExecution(job, thing)
        {
            Force = force ? true : null,
            ExpectedVersion = version is 1 or 2 && force ? version : null,
            StatusDetails = details,
        }));

    private static Gen<Step> DeleteJob { get; } = Gen.Select(JobGen.JobId, Gen.Bool).Select((job, force) =>
        (Step)new Call<Nothing>(new DeleteJob(job) { Force = force ? true : null }));

    private static Gen<Step> DeleteExecution(Fleet fleet) => Gen.Select(JobGen.JobId, fleet.Thing, Gen.Int[0, 3], Gen.Bool).Select((job, thing, number, force) =>
        (Step)new Call<Nothing>(new DeleteJobExecution(job, thing) { ExecutionNumber = number == 0 ? null : number, Force = force ? true : null }));

    private static Gen<Step> Describe(Fleet fleet) => Gen.Select(fleet.Thing, JobGen.JobId, Gen.Bool).Select((thing, job, next) =>
        (Step)new Call<Device.DescribeJobExecutionResponse>(new Device.DescribeJobExecution(next ? Device.DescribeJobExecution.Next : job, thing)));

    private static Gen<long?> StepTimeout { get; } = Gen.OneOf<long?>(null, null, null, null, null, -1, 1, 2, 7, 90);

    private static Gen<IReadOnlyDictionary<string, string>?> Details { get; } = Gen.OneOf(null, null, null, SomeDetails);


    private static Step CreateThing(string name) => new Call<CreateThingResponse>(new CreateThing(name));

    private static Step CreateGroup(string name, string? parent) => new Call<CreateThingGroupResponse>(new CreateThingGroup(name) { ParentGroupName = parent });

    private static Step Add(string thing, string group) =>
        new Call<AddThingToThingGroupResponse>(new AddThingToThingGroup { ThingName = thing, ThingGroupName = group });

    private static Step Leave(string thing, string group) =>
        new Call<RemoveThingFromThingGroupResponse>(new RemoveThingFromThingGroup { ThingName = thing, ThingGroupName = group });
}
