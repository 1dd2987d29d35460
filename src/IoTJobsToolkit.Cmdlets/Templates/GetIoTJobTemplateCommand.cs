using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes job templates, each with its document.</summary>
[Cmdlet(VerbsCommon.Get, "IoTJobTemplate")]
[OutputType(typeof(DescribeJobTemplateResponse))]
public sealed class GetIoTJobTemplateCommand : IoTJobsCmdlet
{
    /// <summary>Ids, or wildcards over them; all templates where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobTemplateIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] JobTemplateId { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (var id in JobTemplateId)
        {
            if (WildcardPattern.ContainsWildcardCharacters(id))
            {
                DescribeMatching(id);
            }
            else
            {
                Send(new DescribeJobTemplate(id), id);
            }
        }
    }

    private void DescribeMatching(string pattern)
    {
        var wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        var templates = Every(pattern, token => new ListJobTemplates { NextToken = token }, response => (response.JobTemplates, response.NextToken));
        foreach (var id in templates.Select(template => template.JobTemplateId).Where(wanted.IsMatch))
        {
            if (Find(new DescribeJobTemplate(id), id) is { } described)
            {
                Write(described, id, Selection.Whole);
            }
        }
    }
}
