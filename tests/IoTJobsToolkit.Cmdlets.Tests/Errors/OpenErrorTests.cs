using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests.Errors;

public sealed class OpenErrorTests : IDisposable
{
    private readonly Variables _variables = new();
    private readonly Shell _shell = new();

    public void Dispose()
    {
        _shell.Dispose();
        _variables.Dispose();
    }

    [Fact]
    public void A_folder_is_no_database() => Refused(Directory.CreateDirectory(Path.Combine(_shell.Folder, "folder.db")).FullName, "IOException");

    [Fact]
    public void Whatever_else_the_disk_says_has_one_id() => Refused(Path.Combine(_shell.Folder, new string('x', 300) + ".db"), "IOException");

    [Fact]
    public void A_host_that_is_not_there_is_said_to_be_missing()
    {
        var error = _shell.Run("Get-IoTThing lamp -EndpointUrl http://nobody.invalid -AccessKey a -SecretKey b").Fails("ServerNotFound");
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
    }

    [Fact]
    public void AWS_without_a_region_is_not_called()
    {
        var error = _shell.Run("Get-IoTThing lamp -EndpointUrl https://iot.amazonaws.com -AccessKey a -SecretKey b").Fails("RegionNotGiven");
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    private void Refused(string path, string id)
    {
        _shell.Run($"Connect-IoTJobs '{path}'").IsSilent();
        var error = _shell.Run("Get-IoTThing").Fails(id);
        Assert.Equal(ErrorCategory.OpenError, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }
}
