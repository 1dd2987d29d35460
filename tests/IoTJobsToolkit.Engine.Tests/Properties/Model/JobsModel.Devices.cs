using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Tests.Properties.Running;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls of devices (http-api 11, mqtt-api 4).</summary>
internal partial class JobsModel
{
    /// <summary>
    /// The pending order of section 3: IN_PROGRESS before QUEUED, each by queuedAt, then by creation, of the job first: in which order
    /// jobs are worked off at one instant does not show. What is QUEUED outside its maintenance window is hidden (9.4).
    /// </summary>
    public List<ModelExecution> Pending(ModelThing thing) =>
        [.. Executions
            .Where(e => e.Thing == thing && e.IsPending && (e.Status == JobExecutionStatus.IN_PROGRESS || HandsOut(e.Job)))
            .OrderBy(e => e.Status == JobExecutionStatus.IN_PROGRESS ? 0 : 1).ThenBy(e => e.QueuedAt).ThenBy(e => e.Job.Age).ThenBy(e => e.Sequence)];

    private string StartNext(StartNextPendingJobExecution call)
    {
        if (Pending(FindThing(call.ThingName)).FirstOrDefault() is not { } execution)
        {
            return Answers.Nothing;
        }
        if (execution.Status == JobExecutionStatus.QUEUED)
        {
            execution.Details = call.StatusDetails ?? execution.Details;
            Move(execution, JobExecutionStatus.IN_PROGRESS);
        }
        SetStep(execution, call.StepTimeoutInMinutes);
        return Answers.Of(execution, Now);
    }

    private string UpdateJobExecution(UpdateJobExecution call)
    {
        var execution = FindExecution(call.JobId, call.ThingName, call.ExecutionNumber);
        if (!execution.IsPending)
        {
            throw new Refusal(JobsError.InvalidStateTransition, Answers.State(execution));
        }
        if (call.ExpectedVersion is { } expected && expected != execution.Version)
        {
            throw new Refusal(JobsError.InvalidStateTransition, Answers.State(execution) + " version mismatch");
        }
        if (execution.Status == JobExecutionStatus.QUEUED && !HandsOut(execution.Job))
        {
            throw new Refusal(JobsError.InvalidStateTransition, Answers.State(execution));
        }
        execution.Details = call.StatusDetails ?? execution.Details;
        Move(execution, call.Status!.Value);
        var answer = call.IncludeJobExecutionState == true ? Answers.State(execution) : Answers.Done;
        if (execution.IsPending)
        {
            SetStep(execution, call.StepTimeoutInMinutes);
        }
        else
        {
            AfterResult(execution);
        }
        return answer;
    }

    private string DescribeToDevice(Device.DescribeJobExecution call)
    {
        if (call.JobId == Device.DescribeJobExecution.Next)
        {
            return Pending(FindThing(call.ThingName)).FirstOrDefault() is { } next ? Answers.Of(next, Now) : Answers.Nothing;
        }
        var execution = FindExecution(call.JobId, call.ThingName, call.ExecutionNumber);
        return execution.IsPending ? Answers.Of(execution, Now) : throw new Refusal(JobsError.TerminalState);
    }

    /// <summary>7.2: replaces, removes (-1) or leaves the step timer.</summary>
    protected virtual void SetStep(ModelExecution execution, long? minutes) =>
        execution.StepEndsAt = minutes switch { null => execution.StepEndsAt, -1 => null, { } length => Now.AddMinutes(length) };
}
