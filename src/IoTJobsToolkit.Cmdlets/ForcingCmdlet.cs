using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// A cmdlet whose operation can be forced. -Force does that, and does not ask; with -Enforce, that alone decides, as in scripts for
/// AWS's own module, and -Force only does not ask.
/// </summary>
public abstract class ForcingCmdlet : ChangingCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? Enforce { get; set; }

    protected bool Forces => Enforce ?? Force;

    private protected override string ForceText => Enforce is null ? base.ForceText : "-Enforce $true";
}
