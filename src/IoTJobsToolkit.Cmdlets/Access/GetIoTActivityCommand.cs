using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists what operators changed by cmdlet, API and portal, newest first: who, when, what, and by which door.</summary>
[Cmdlet(VerbsCommon.Get, "IoTActivity")]
[OutputType(typeof(ActivityRecord))]
public sealed class GetIoTActivityCommand : ListingCmdlet
{
    /// <summary>Stands in the names of who, what and to what, or in the details, in whatever case.</summary>
    [Parameter(Position = 0)]
    public string? Text { get; set; }

    /// <summary>The whole name of who did it, in whatever case.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string? By { get; set; }

    [Parameter]
    public CallOrigin? Origin { get; set; }

    /// <summary>AWS's name of an operation, such as CancelJob.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OperationNameCompleter))]
    public string? OperationName { get; set; }

    [Parameter]
    public ActivitySubject? SubjectKind { get; set; }

    /// <summary>A job with what was done to its executions, a thing, a group; as jobs and things come down the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("JobId", "ThingName", "GroupName", "ThingGroupName", "JobTemplateId", "AccessKeyId")]
    [ArgumentCompleter(typeof(SubjectNameCompleter))]
    public string[]? SubjectName { get; set; }

    /// <summary>Not before: a date, or an age: a number of days or a time span.</summary>
    [Parameter]
    [PastArgument]
    public DateTimeOffset? From { get; set; }

    /// <summary>Before: a date, or an age: a number of days or a time span.</summary>
    [Parameter]
    [PastArgument]
    public DateTimeOffset? Until { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var subject in SubjectName ?? [null!])
        {
            List(
                subject ?? "activity",
                nameof(ListActivityResponse.Activities),
                token => new ListActivity
                {
                    Text = Text,
                    By = By,
                    Origin = Origin,
                    OperationName = OperationName,
                    SubjectKind = SubjectKind,
                    SubjectName = subject,
                    From = From,
                    Until = Until,
                    MaxResults = MaxResult,
                    NextToken = token,
                },
                response => response.NextToken);
        }
    }
}
