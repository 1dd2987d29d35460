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

    protected override void ProcessRecord()
    {
        foreach (var name in TemplateName)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                DescribeMatching(name);
            }
            else
            {
                Send(Describe(name), name);
            }
        }
    }

    private void DescribeMatching(string pattern)
    {
        var wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        var templates = Every(
            pattern, token => new ListManagedJobTemplates { NextToken = token }, response => (response.ManagedJobTemplates, response.NextToken));
        foreach (var name in templates.Select(template => template.TemplateName).Distinct().Where(wanted.IsMatch))
        {
            if (Find(Describe(name), name) is { } described)
            {
                Write(described, name, Selection.Whole);
            }
        }
    }

    private DescribeManagedJobTemplate Describe(string name) => new(name) { TemplateVersion = TemplateVersion };
}
