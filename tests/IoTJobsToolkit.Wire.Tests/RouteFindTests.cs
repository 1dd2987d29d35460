namespace IoTJobsToolkit.Wire.Tests;

public sealed class RouteFindTests
{
    [Theory]
    [InlineData("GET", "/jobs", "ListJobs", "")]
    [InlineData("GET", "/jobs/get", "DescribeJob", "get")]
    [InlineData("PUT", "/jobs/cancel", "CreateJob", "cancel")]
    [InlineData("PUT", "/jobs/cancel/cancel", "CancelJob", "cancel")]
    [InlineData("GET", "/jobs/things/things", "ListJobExecutionsForJob", "things")]
    [InlineData("GET", "/jobs/job-document/job-document", "GetJobDocument", "job-document")]
    [InlineData("GET", "/things/jobs", "DescribeThing", "jobs")]
    [InlineData("GET", "/things/a%3Ab/jobs", "ListJobExecutionsForThing", "a:b")]
    [InlineData("GET", "/things/a%2Fb", "DescribeThing", "a/b")]
    [InlineData("GET", "/things/jobs/jobs/jobs", "DescribeJobExecution", "jobs jobs")]
    [InlineData("PUT", "/things/t/jobs/cancel/cancel", "CancelJobExecution", "t cancel")]
    [InlineData("PUT", "/things/t/jobs/$next", "StartNextPendingJobExecution", "t")]
    [InlineData("PUT", "/things/t/jobs/%24next", "StartNextPendingJobExecution", "t")]
    [InlineData("DELETE", "/things/t/jobs/q", "DeleteJobExecution", "t q")]
    [InlineData("DELETE", "/things/t/jobs/q/executionNumber/7", "DeleteJobExecution", "t q 7")]
    [InlineData("PUT", "/thing-groups/addThingToThingGroup", "AddThingToThingGroup", "")]
    [InlineData("GET", "/thing-groups/addThingToThingGroup", "DescribeThingGroup", "addThingToThingGroup")]
    [InlineData("GET", "/job-templates", "ListJobTemplates", "")]
    [InlineData("PUT", "/job-templates/010", "CreateJobTemplate", "010")]
    [InlineData("GET", "/managed-job-templates", "ListManagedJobTemplates", "")]
    [InlineData("GET", "/managed-job-templates/AWS-Reboot", "DescribeManagedJobTemplate", "AWS-Reboot")]
    [InlineData("GET", "/tags", "ListTagsForResource", "")]
    public void A_request_is_found_by_position(string method, string path, string operation, string values)
    {
        var match = Routes.Find(method, path, Plane.Control);

        Assert.Equal(operation, match.Route?.Operation);
        Assert.Equal(values, string.Join(' ', match.PathValues));
    }

    [Theory]
    [InlineData("/things/t/jobs", "GetPendingJobExecutions")]
    [InlineData("/things/t/jobs/q", "DescribeJobExecution")]
    public void The_plane_decides_where_both_have_the_request(string path, string operation)
    {
        var match = Routes.Find("GET", path, Plane.Data);

        Assert.Equal((operation, Plane.Data), (match.Route!.Operation, match.Route.Plane));
        Assert.Equal(Plane.Control, Routes.Find("GET", path, Plane.Control).Route!.Plane);
    }

    [Fact]
    public void A_request_of_one_plane_is_found_from_the_other()
    {
        Assert.Equal("ListJobs", Routes.Find("GET", "/jobs", Plane.Data).Route!.Operation);
        Assert.Equal("UpdateJobExecution", Routes.Find("POST", "/things/t/jobs/q", Plane.Control).Route!.Operation);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/jobs/a/b/c/d/e/f")]
    [InlineData("jobs")]
    [InlineData("*")]
    [InlineData("/Jobs")]
    public void An_unknown_path_has_no_methods(string path)
    {
        var match = Routes.Find("GET", path, Plane.Control);

        Assert.Null(match.Route);
        Assert.Empty(match.OtherMethods ?? []);
    }

    [Theory]
    [InlineData("POST", "/things/t/jobs", "GET")]
    [InlineData("POST", "/jobs/x", "DELETE GET PATCH PUT")]
    [InlineData("get", "/jobs", "GET")]
    public void A_known_path_names_its_methods(string method, string path, string methods)
    {
        var match = Routes.Find(method, path, Plane.Control);

        Assert.Null(match.Route);
        Assert.Equal(methods, string.Join(' ', match.OtherMethods));
    }
}
