namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>Where a shell's jobs are: the cmdlets must not tell the difference.</summary>
public enum Where
{
    /// <summary>In a database file which the module opens itself.</summary>
    InProcess,

    /// <summary>In a database file which a server has open: the module finds it by what the server left beside the file.</summary>
    ThroughServer,
}
