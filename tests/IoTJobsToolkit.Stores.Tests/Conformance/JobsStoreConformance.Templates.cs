using IoTJobsToolkit.Engine.Storage;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Job templates, each with its document.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void A_template_comes_back_with_every_field_and_the_longest_document()
    {
        Commit(ChangesOf.Nothing.Put(FullTemplate(7)).Put(Template(3)));
        Same([Template(3), FullTemplate(7)], Store.Load().Templates.OrderBy(template => template.Sequence));
    }

    [Fact]
    public void A_template_keeps_apart_what_is_absent_and_what_is_empty()
    {
        var empty = Template(1) with
        {
            AbortConfig = new(),
            PresignedUrlConfig = new(),
            MaintenanceWindows = [],
            DestinationPackageVersions = [],
        };
        Commit(ChangesOf.Nothing.Put(empty));
        Same(empty, Assert.Single(Store.Load().Templates));
    }

    [Fact]
    public void A_job_keeps_apart_no_parameters_and_none_given()
    {
        Commit(ChangesOf.Nothing.Put(Job(1) with { DocumentParameters = new Dictionary<string, string>() }).Put(Job(2)));
        var jobs = Store.Load().Jobs.OrderBy(job => job.Sequence).ToList();
        Assert.Empty(jobs[0].DocumentParameters!);
        Assert.Null(jobs[1].DocumentParameters);
    }

    [Fact]
    public void A_template_is_changed_and_deleted()
    {
        Commit(ChangesOf.Nothing.Put(Template(1)).Put(Template(2)));
        Commit(ChangesOf.Nothing.Put(FullTemplate(1), Template(1)).Drop(Template(2)));
        Same(FullTemplate(1), Assert.Single(Store.Load().Templates));
    }

    [Fact]
    public void A_commit_that_is_wrong_about_a_template_changes_nothing()
    {
        Commit(ChangesOf.Nothing.Put(Template(1)));
        foreach (var wrong in new[] { ChangesOf.Nothing.Put(Template(1)), ChangesOf.Nothing.Put(Template(2), Template(2)), ChangesOf.Nothing.Drop(Template(2)) })
        {
            wrong.Put(Job(9));
            Assert.ThrowsAny<Exception>(() => Store.Commit(wrong));
        }
        Same(Template(1), Assert.Single(Store.Load().Templates));
        Assert.Empty(Store.Load().Jobs);
    }

    [Fact]
    public void Changes_of_templates_alone_are_no_empty_commit() => Assert.False(ChangesOf.Nothing.Put(Template(1)).IsEmpty);
}
