using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Issues tokens for devices that cannot do certificates; each acts for its thing. A token is shown this once.</summary>
[Cmdlet(VerbsCommon.New, "IoTThingToken", SupportsShouldProcess = true)]
[OutputType(typeof(CreateThingTokenResponse))]
public sealed class NewIoTThingTokenCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string[] ThingName { get; set; } = null!;

    /// <summary>1 to 36500; good until it is revoked when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? ValidDays { get; set; }

    protected override string Identity => nameof(ThingName);

    protected override void ProcessRecord()
    {
        foreach (var name in ThingName)
        {
            if (Wants(name, "Issue token"))
            {
                Send(new CreateThingToken(name) { ValidDays = ValidDays }, name);
            }
        }
    }
}
