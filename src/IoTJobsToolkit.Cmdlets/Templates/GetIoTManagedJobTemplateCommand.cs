using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes the templates which come with the product: their parameters and their documents.</summary>
[Cmdlet(VerbsCommon.Get, "IoTManagedJobTemplate")]
[OutputType(typeof(DescribeManagedJobTemplateResponse))]
public sealed class GetIoTManagedJobTemplateCommand : IoTJobsCmdlet
{
    /// <summary>Names, or wildcards over them; all managed templates where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ManagedTemplateNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] TemplateName { get; set; } = ["*"];

    /// <summary>1.0 when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ManagedTemplateVersionCompleter))]
    public string? TemplateVersion { get; set; }

    protected override void ProcessRecord() =>
        Describe(ManagedTemplateNames(TemplateName), name => new DescribeManagedJobTemplate(name) { TemplateVersion = TemplateVersion });
}
