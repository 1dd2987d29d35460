using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Cmdlets.Views;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Creates a job; with -WhatIf it is measured, and says for how many things it would be, until when, and what may not be meant so.</summary>
[Cmdlet(VerbsCommon.New, "IoTJob", SupportsShouldProcess = true)]
[OutputType(typeof(CreateJobResponse))]
public sealed class NewIoTJobCommand : ControlledJobCmdlet
{
    private readonly List<string> _created = [];

    private protected override string Done => "created";

    private protected override void Do(CreateJob job)
    {
        var effect = "";
        if (IsWhatIf && CanMeasure)
        {
            if (!TryRun(new MeasureJob(job), job.JobId, out var measure))
            {
                return;
            }
            effect = Effect(measure) + (measure.StartsAt is not null && WaitsBesides ? " at the earliest" : "");
            foreach (var warning in measure.Warnings.Concat(measure.Overlaps.Select(Words.Of).Select(overlap => $"Comes first: {overlap}.")))
            {
                WriteWarning(warning);
            }
        }
        if (Wants(job.JobId, $"Create job for {TargetArguments.Count(job.Targets.Count)}{effect}") && Create(job) && !IsHeld)
        {
            _created.Add(job.JobId);
        }
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        SettleForAWhile(_created);
    }

    private bool Create(CreateJob job) => Controlled(job) is { } controlled ? Send(controlled, job.JobId) : Send(job, job.JobId);

    /// <summary>AWS cannot be asked, and a database that is not there has nothing to measure: it is not made for that.</summary>
    private bool CanMeasure => Connections.For(CallParameters) is FileConnection file
        ? file.FindHost() is not null || File.Exists(file.DatabasePath)
        : Connections.For(CallParameters).Kind != JobsConnectionKind.Aws;

    private static string Effect(JobMeasure measure) => (measure.Things == 1 ? ": 1 thing" : $": {measure.Things} things") + (measure switch
    {
        { Things: 0 } => "",
        { StartsAt: { } first, LastCreatedAt: { } last } when first == last => $", at {Times.Minute(first)}",
        { StartsAt: { } first, LastCreatedAt: { } last } => $", the first at {Times.Minute(first)}, the last at {Times.Minute(last)}",
        { StartsAt: { } first } => $", {measure.Created} of them from {Times.Minute(first)} on",
        _ => "",
    });
}
