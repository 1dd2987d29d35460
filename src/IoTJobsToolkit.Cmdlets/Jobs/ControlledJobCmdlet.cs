using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>A new job, with what holds it back beside AWS's own means.</summary>
public abstract class ControlledJobCmdlet : JobDraftCmdlet
{
    /// <summary>Nothing reaches a device before somebody else has approved the job with Approve-IoTJob.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter RequireApproval { get; set; }

    /// <summary>For how long it may wait for that: whole minutes, or a time span, up to 30 days; 7 days when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument(DurationUnit.Minutes)]
    public long? ApprovalWithin { get; set; }

    /// <summary>The rollout makes no execution while so many are QUEUED or IN_PROGRESS.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? MaxInFlight { get; set; }

    /// <summary>When the job pauses itself, as 'FAILED >= 20% of 100'; each criterion for itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PauseCriteriaArgument]
    [ArgumentCompleter(typeof(PauseCriteriaCompleter))]
    public PauseCriteria[]? PauseWhen { get; set; }

    /// <summary>Stages of the rollout, as '10 >= 90%' or, where somebody has to let it go on, as 10; the rest follows.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [StageArgument]
    [ArgumentCompleter(typeof(StageCompleter))]
    public RolloutStage[]? Stage { get; set; }

    /// <summary>For how long an execution has to have SUCCEEDED before it counts for the rollout: whole minutes, or a time span; up to 7 days.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument(DurationUnit.Minutes)]
    public long? VerificationTime { get; set; }

    /// <summary>Of the executions queued on a thing those of the highest come first: -1000 to 1000, 0 when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? Priority { get; set; }

    /// <summary>Ids of jobs that have to be completed before.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string[]? DependsOn { get; set; }

    /// <summary>Each thing waits by itself until those jobs have succeeded on it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter PerThing { get; set; }

    /// <summary>Its executions are not made at once: nobody waits for them.</summary>
    private protected bool IsHeld => RequireApproval || DependsOn is not null;

    /// <summary>It is rolled out later than its rate says.</summary>
    private protected bool WaitsBesides => IsHeld || MaxInFlight is not null || Stage is not null;

    /// <summary>Null where nothing but AWS's own means holds the job back.</summary>
    private protected CreateControlledJob? Controlled(CreateJob job)
    {
        var controlled = new CreateControlledJob(job)
        {
            RequireApproval = RequireApproval ? true : null,
            ApprovalWithinMinutes = ApprovalWithin,
            MaxInFlight = MaxInFlight,
            PauseCriteriaList = PauseWhen,
            Stages = Stage,
            VerificationInMinutes = (int?)VerificationTime,
            Priority = Priority,
            DependsOn = DependsOn,
            DependencyScope = PerThing ? DependencyScope.THING : null,
        };
        return controlled == new CreateControlledJob(job) ? null : controlled;
    }
}
