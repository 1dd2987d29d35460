using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>Whatever a script finds true of the job, which it has as <c>$_</c>.</summary>
internal sealed record ScriptGoal(ScriptBlock Script) : JobGoal
{
    internal override bool IsReachedBy(DescribeJobResponse job) =>
        LanguagePrimitives.IsTrue(Script.InvokeWithContext(null, [new PSVariable("_", PSObject.AsPSObject(job))]));

    internal override bool IsOpenTo(DescribeJobResponse job) => !job.IsAtRest;

    /// <summary>The same script, which belongs to no runspace yet.</summary>
    public ScriptGoal Detached() => new(ScriptBlock.Create(Script.ToString()));

    public override string ToString() => $"{{{Script}}}";
}
