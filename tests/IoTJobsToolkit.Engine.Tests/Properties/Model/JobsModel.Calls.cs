using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Properties.Running;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls, answered with the text which <see cref="Answers"/> makes of the engine's answer.</summary>
internal partial class JobsModel
{
    public string Call(Operation operation)
    {
        try
        {
            return operation switch
            {
                CreateJob call => CreateJob(call),
                UpdateJob call => UpdateJob(call),
                AssociateTargetsWithJob call => Associate(call),
                CancelJob call => CancelJob(call),
                DeleteJob call => DeleteJob(call),
                PauseJob call => Pause(call),
                ResumeJob call => Resume(call),
                CancelJobExecution call => CancelJobExecution(call),
                DeleteJobExecution call => DeleteJobExecution(call),
                StartNextPendingJobExecution call => StartNext(call),
                UpdateJobExecution call => UpdateJobExecution(call),
                Device.DescribeJobExecution call => DescribeToDevice(call),
                CreateThing call => CreateThing(call),
                UpdateThing call => UpdateThing(call),
                DeleteThing call => DeleteThing(call),
                CreateThingGroup call => CreateThingGroup(call),
                DeleteThingGroup call => DeleteThingGroup(call),
                AddThingToThingGroup call => Add(call),
                RemoveThingFromThingGroup call => Remove(call),
                UpdateThingGroupsForThing call => UpdateGroups(call),
                CreateDynamicThingGroup call => CreateDynamic(call),
                UpdateDynamicThingGroup call => UpdateDynamic(call),
                DeleteDynamicThingGroup call => DeleteDynamic(call),
                _ => throw new NotSupportedException($"The model does not know {operation.Name}."),
            };
        }
        catch (Refusal refusal)
        {
            return refusal.Answer;
        }
    }

    private ModelThing FindThing(string? name) =>
        Things.FirstOrDefault(thing => thing.Exists && thing.Name == name) ?? throw new Refusal(JobsError.ResourceNotFound);

    private ModelGroup FindGroup(string? name) =>
        Groups.FirstOrDefault(group => group.Exists && group.Name == name) ?? throw new Refusal(JobsError.ResourceNotFound);

    private ModelJob FindJob(string jobId) =>
        Jobs.FirstOrDefault(job => job.JobId == jobId) ?? throw new Refusal(JobsError.ResourceNotFound);

    /// <summary>The latest execution, or the one with the number.</summary>
    private ModelExecution FindExecution(string jobId, string thingName, long? number = null)
    {
        var thing = FindThing(thingName);
        return FindJob(jobId).Executions.Where(execution => execution.Thing == thing).OrderBy(execution => execution.Number)
            .LastOrDefault(execution => number is null || execution.Number == number) ?? throw new Refusal(JobsError.ResourceNotFound);
    }
}

/// <summary>A call that the reference refuses; nothing has changed.</summary>
internal sealed class Refusal(JobsError error, string? state = null) : Exception
{
    public string Answer => Answers.Refused(error, state);
}
