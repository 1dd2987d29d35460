using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Portal.Components.Layout;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class UserMenuTests : BunitContext
{
    public UserMenuTests() => Services.AddSingleton<AntiforgeryStateProvider>(new FixedToken());

    [Fact]
    public void It_tells_who_is_signed_in_and_leads_to_the_account_and_out()
    {
        var menu = RenderFor("alice");

        Assert.Equal("Signed in as alice, operator", menu.Find("summary").GetAttribute("aria-label"));
        Assert.Equal(("portal/account", "_top"), (menu.Find("a").GetAttribute("href"), menu.Find("a").GetAttribute("target")));
        Assert.Equal(("post", "portal/sign-out"), (menu.Find("form").GetAttribute("method"), menu.Find("form").GetAttribute("action")));
        Assert.Equal("token", menu.Find("form input[type=hidden]").GetAttribute("value"));
    }

    [Fact]
    public void Where_nobody_is_asked_there_is_none() => Assert.Empty(RenderFor(null).FindAll("details"));

    private IRenderedComponent<CascadingValue<Viewer>> RenderFor(string? name) => Render<CascadingValue<Viewer>>(parameters => parameters
        .Add(value => value.Value, new Viewer(name, AccessRole.OPERATOR, TimeZoneInfo.Utc))
        .AddChildContent<UserMenu>());

    private sealed class FixedToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token", "form-token");
    }
}
