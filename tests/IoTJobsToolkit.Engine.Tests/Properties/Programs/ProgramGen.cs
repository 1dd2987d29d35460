using CsCheck;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Properties.Model;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Properties.Programs;

/// <summary>What programs may use.</summary>
internal sealed record Features
{
    /// <summary>What the engine can do today.</summary>
    public static Features Today { get; } = new() { Continuous = true, Schedules = true };

    public bool Continuous { get; init; }

    public bool Schedules { get; init; }
}

/// <summary>The names that a program uses.</summary>
internal sealed record Fleet(int Things, int Groups)
{
    public Gen<string> Thing => Gen.Int[1, Things].Select(i => $"t{i}");

    public Gen<string> Group => Gen.Int[1, Groups].Select(i => $"g{i}");

    public static Gen<string> Dynamic => Gen.Int[1, 2].Select(i => $"d{i}");

    /// <summary>Seldom one that is static.</summary>
    public Gen<string> AnyDynamic => Gen.Frequency((4, Dynamic), (1, Group));

    public IEnumerable<string> AllGroups => Enumerable.Range(1, Groups).Select(i => $"g{i}");

    public Gen<string> AnyGroup => Gen.Frequency((4, Group), (1, Dynamic));
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
        return Gen.Select(Beginning(fleet), JobGen.Create(fleet, features), Any(fleet, features).Array[10, 50])
            .Select((beginning, job, steps) => (Step[])[.. beginning, job, .. steps]);
    });

    private static Gen<Step[]> Beginning(Fleet fleet) => Gen.Select(Gen.Int[0, 3].Array[fleet.Groups], Gen.Int[0, 3 * fleet.Groups].Array[fleet.Things]).Select((parents, homes) => (Step[])
    [
        .. Enumerable.Range(1, fleet.Groups).Select(i => CreateGroup($"g{i}", parents[i - 1] is var parent && parent > 0 && parent < i ? $"g{parent}" : null)),
        .. Enumerable.Range(1, fleet.Things).Select(i => CreateThing($"t{i}")),
        MembershipGen.CreateDynamic("d1", "a"),
        MembershipGen.CreateDynamic("d2", "b"),
        .. Enumerable.Range(1, fleet.Things).Where(i => homes[i - 1] > 0).Select(i => Add($"t{i}", $"g{(homes[i - 1] - 1) % fleet.Groups + 1}")),
    ]);

    private static Gen<Step> Any(Fleet fleet, Features features) => Gen.Frequency(
        (10, JobGen.Create(fleet, features)),
        (3, JobGen.Update),
        (4, StartNext(fleet.Thing)),
        (10, Aim(atPending: true, Starts.Select(start => (Func<ModelExecution, CallStep>)(execution => start(execution.Thing.Name))))),
        (22, Aim(atPending: true, Reports)),
        (2, Aim(atPending: false, Reports)),
        (18, Waits),
        (3, CancelJob),
        (3, DeleteJob),
        (2, JobGen.JobId.Select(job => (Step)new Call<PauseJobResponse>(new PauseJob(job)))),
        (3, JobGen.JobId.Select(job => (Step)new Call<Nothing>(new ResumeJob(job)))),
        (5, Aim(atPending: true, CancelExecution)),
        (1, Aim(atPending: false, CancelExecution)),
        (3, Aim(atPending: false, DeleteExecution)),
        (1, ReportAnything(fleet)),
        (1, Gen.Select(fleet.Thing, fleet.AnyGroup).Select(Add)),
        (1, Gen.Select(fleet.Thing, fleet.AnyGroup).Select(Leave)),
        (18, MembershipGen.Any(fleet)),
        (1, Gen.Select(JobGen.JobId, JobGen.Associate(fleet)).Select((job, associate) => (Step)associate(job))),
        (6, Aim(atPending: false, JobGen.Associate(fleet).Select(associate => (Func<ModelExecution, CallStep>)(execution => associate(execution.Job.JobId))))),
        (6, Aim(atPending: true, MembershipGen.Move(fleet).Select(move => (Func<ModelExecution, CallStep>)(execution => move(execution.Thing.Name))))),
        (2, fleet.Thing.Select(thing => (Step)new Call<DeleteThingResponse>(new DeleteThing(thing)))),
        (2, fleet.Thing.Select(CreateThing)),
        (1, fleet.Group.Select(group => (Step)new Call<DeleteThingGroupResponse>(new DeleteThingGroup(group)))),
        (1, Gen.Select(fleet.Group, fleet.Group.Null(0.6)).Where((group, parent) => group != parent).Select(CreateGroup)),
        (2, Describe(fleet)),
        (3, Gen.Const((Step)new Restart())));

    private static Gen<Step> Waits => Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 2], Gen.OneOf(-1, 0, 0, 0, 1)).Select((nth, offset) => (Step)new WaitForEvent(nth, TimeSpan.FromMilliseconds(offset)))),
        (1, Gen.Int[1, 999].Select(span => (Step)new Wait(TimeSpan.FromMilliseconds(span)))),
        (1, Gen.Int[1, 59].Select(span => (Step)new Wait(TimeSpan.FromSeconds(span)))),
        (2, Gen.OneOf(1, 1, 1, 2, 3, 5, 30, 60).Select(span => (Step)new Wait(TimeSpan.FromMinutes(span)))),
        (1, Gen.OneOf(1, 2, 24, 72).Select(span => (Step)new Wait(TimeSpan.FromHours(span)))));

    private static Gen<Step> StartNext(Gen<string> things) => Gen.Select(things, Starts).Select((thing, start) => (Step)start(thing));

    private static Gen<Func<string, CallStep>> Starts => Gen.Select(StepTimeout, Details).Select((step, details) => (Func<string, CallStep>)(thing =>
        new Call<StartNextPendingJobExecutionResponse>(new StartNextPendingJobExecution(thing) { StepTimeoutInMinutes = step, StatusDetails = details })));

    private static Gen<Step> Aim(bool atPending, Gen<Func<ModelExecution, CallStep>> calls) =>
        Gen.Select(Gen.Int[0, 99], calls).Select((nth, call) => (Step)new Aimed(nth, atPending, call));

    /// <summary>Reports, seldom with a version that does not match, or with the number of the execution.</summary>
    private static Gen<Func<ModelExecution, CallStep>> Reports => Gen.Select(
        Gen.Frequency((8, JobExecutionStatus.IN_PROGRESS), (3, JobExecutionStatus.SUCCEEDED), (5, JobExecutionStatus.FAILED), (1, JobExecutionStatus.REJECTED)),
        StepTimeout,
        Details,
        Gen.Int[0, 9],
        Gen.Bool).Select((status, step, details, version, state) => (Func<ModelExecution, CallStep>)(execution =>
            new Call<UpdateJobExecutionResponse>(new UpdateJobExecution(execution.Job.JobId, execution.Thing.Name)
            {
                Status = status,
                StepTimeoutInMinutes = step,
                StatusDetails = details,
                ExpectedVersion = version switch { 0 => execution.Version + 1, 1 => execution.Version, _ => null },
                ExecutionNumber = version == 2 && execution.IsPending ? execution.Number : null,
                IncludeJobExecutionState = state ? true : null,
            })));

    private static Gen<Step> ReportAnything(Fleet fleet) => Gen.Select(JobGen.JobId, fleet.Thing).Select((job, thing) =>
        (Step)new Call<UpdateJobExecutionResponse>(new UpdateJobExecution(job, thing) { Status = JobExecutionStatus.SUCCEEDED }));

    private static Gen<Step> CancelJob => Gen.Select(JobGen.JobId, Gen.Int[0, 2], Gen.Bool).Select((job, reason, force) =>
        (Step)new Call<CancelJobResponse>(new CancelJob(job) { Force = force ? true : null, ReasonCode = reason == 0 ? "ROLLBACK_1" : null, Comment = reason == 0 ? "bad" : null }));

    /// <summary>The reference does not say whether a running execution or a wrong version is refused first, so no call has both.</summary>
    private static Gen<Func<ModelExecution, CallStep>> CancelExecution => Gen.Select(Gen.Bool, Gen.Int[0, 4], Details).Select((force, version, details) =>
        (Func<ModelExecution, CallStep>)(execution => new Call<Nothing>(new CancelJobExecution(execution.Job.JobId, execution.Thing.Name)
        {
            Force = force ? true : null,
            ExpectedVersion = version == 0 ? execution.Version : version == 1 && force ? execution.Version + 1 : null,
            StatusDetails = details,
        })));

    private static Gen<Step> DeleteJob => Gen.Select(JobGen.JobId, Gen.Bool).Select((job, force) =>
        (Step)new Call<Nothing>(new DeleteJob(job) { Force = force ? true : null }));

    private static Gen<Func<ModelExecution, CallStep>> DeleteExecution => Gen.Select(Gen.Bool, Gen.Int[0, 3]).Select((force, number) =>
        (Func<ModelExecution, CallStep>)(execution => new Call<Nothing>(new DeleteJobExecution(execution.Job.JobId, execution.Thing.Name)
        {
            Force = force ? true : null,
            ExecutionNumber = number switch { 0 => null, 1 => execution.Number + 1, _ => execution.Number },
        })));

    private static Gen<Step> Describe(Fleet fleet) => Gen.Select(fleet.Thing, JobGen.JobId, Gen.Bool).Select((thing, job, next) =>
        (Step)new Call<Device.DescribeJobExecutionResponse>(new Device.DescribeJobExecution(next ? Device.DescribeJobExecution.Next : job, thing)));

    private static Gen<long?> StepTimeout => Gen.OneOf<long?>(null, null, null, null, null, -1, 1, 2, 7, 90);

    private static Gen<IReadOnlyDictionary<string, string>?> Details => Gen.OneOf(null, null, null, SomeDetails);


    private static Step CreateThing(string name) => new Call<CreateThingResponse>(new CreateThing(name));

    private static Step CreateGroup(string name, string? parent) => new Call<CreateThingGroupResponse>(new CreateThingGroup(name) { ParentGroupName = parent });

    public static Step Add(string thing, string group) =>
        new Call<AddThingToThingGroupResponse>(new AddThingToThingGroup { ThingName = thing, ThingGroupName = group });

    public static Step Leave(string thing, string group) =>
        new Call<RemoveThingFromThingGroupResponse>(new RemoveThingFromThingGroup { ThingName = thing, ThingGroupName = group });
}
