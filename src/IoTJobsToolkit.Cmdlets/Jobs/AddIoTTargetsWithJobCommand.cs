using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Adds targets to a CONTINUOUS job which is IN_PROGRESS: all that come down the pipeline at once.</summary>
[Cmdlet(VerbsCommon.Add, "IoTTargetsWithJob", SupportsShouldProcess = true)]
[OutputType(typeof(AssociateTargetsWithJobResponse))]
public sealed class AddIoTTargetsWithJobCommand : ChangingCmdlet, ITargetParameters
{
    private readonly GatheredTargets<AssociateTargetsWithJob> _jobs = [];
    private bool _isJobGiven;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string JobId { get; set; } = null!;

    /// <summary>ARNs of things and thing groups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Targets")]
    [ArgumentCompleter(typeof(TargetArnCompleter))]
    public string[]? Target { get; set; }

    /// <summary>Names of things, or wildcards over them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ThingName")]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[]? Thing { get; set; }

    /// <summary>Names of thing groups, or wildcards over them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ThingGroupName", "GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[]? Group { get; set; }

    /// <summary>Becomes the job's comment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Comment { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NamespaceId { get; set; }

    /// <summary>A thing, a thing group, or the text of an ARN.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isJobGiven = MyInvocation.BoundParameters.ContainsKey(nameof(JobId));
    }

    protected override void ProcessRecord()
    {
        var refusals = Refusals;
        var targets = TargetArguments.Of(this, ArnPrefix, ThingNames, GroupNames).ToList();
        if (refusals < Refusals)
        {
            return; // A list broke off: these are not all that were asked for.
        }
        if (_isJobGiven && InputObject?.BaseObject is string text && text.StartsWith("arn:", StringComparison.Ordinal))
        {
            targets.Add(text);
        }
        if (targets.Count == 0)
        {
            if (!TargetArguments.HaveWildcards(this))
            {
                WriteError(NoTarget());
            }
            return;
        }
        _jobs.Add(JobId, targets, () => new(JobId, []) { Comment = Comment, NamespaceId = NamespaceId });
    }

    protected override void EndProcessing()
    {
        var changed = new List<string>();
        foreach (var (id, addition, targets) in _jobs)
        {
            JobId = id;
            if (Wants(id, $"Add {TargetArguments.Count(targets.Count)} to job") && Send(addition with { Targets = targets }, id))
            {
                changed.Add(id);
            }
        }
        SettleForAWhile(changed);
        base.EndProcessing();
    }

    private ErrorRecord NoTarget()
    {
        var exception = new ArgumentException(_isJobGiven && InputObject is not null
            ? $"'{InputObject}' is no target: it is neither a thing, nor a thing group, nor an ARN."
            : $"No target was given for job {JobId}.");
        return new(exception, "TargetNotGiven", ErrorCategory.InvalidArgument, InputObject)
        {
            ErrorDetails = new(exception.Message) { RecommendedAction = "Name things by -Thing, groups by -Group, ARNs by -Target, or pipe them." },
        };
    }
}
