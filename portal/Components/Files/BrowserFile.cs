using System.Text;
using Microsoft.JSInterop;

namespace IoTJobsToolkit.Portal.Components.Files;

/// <summary>Text that becomes a file in the viewer's browser.</summary>
public static class BrowserFile
{
    public static async Task SaveAsync(IJSRuntime browser, string name, string text)
    {
        using var stream = new DotNetStreamReference(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        await browser.InvokeVoidAsync("portalSave", name, stream);
    }
}
