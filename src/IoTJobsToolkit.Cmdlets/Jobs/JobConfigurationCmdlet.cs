using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>What can be said of a job when it is created and when it is changed.</summary>
public abstract class JobConfigurationCmdlet : ConfigurationCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Description { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NamespaceId { get; set; }
}
