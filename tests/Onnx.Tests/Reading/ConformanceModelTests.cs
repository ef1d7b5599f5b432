using Xunit.Abstractions;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Reads every model of ONNX's backend tests (node/, simple/, pytorch-*/): each loads or says in a typed exception why not.</summary>
public class ConformanceModelTests(ITestOutputHelper output)
{
    private const string Variable = "TOOLKIT_ONNX_TESTS";

    [FactWithEnvironment(Variable)]
    public void Every_model_loads_or_raises_a_typed_exception()
    {
        string[] files = Directory.GetFiles(Environment.GetEnvironmentVariable(Variable)!, "*.onnx", SearchOption.AllDirectories);
        int loaded = 0;
        int unsupported = 0;
        var malformed = new List<string>();
        var unequal = new List<string>();
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            try
            {
                OnnxModel model = OnnxModel.Load(file);
                loaded++;
                ModelStatistics.Of(model);
                if (model.OpsetImports.TryGetValue("", out long opset) && opset < OnnxModel.DefaultOpset)
                {
                    // Records hold the newest form, which an older opset may not be able to say.
                    model.OpsetImports[""] = OnnxModel.DefaultOpset;
                }

                byte[] bytes = model.ToBytes();
                if (!bytes.AsSpan().SequenceEqual(OnnxModel.Parse(bytes).ToBytes()))
                {
                    unequal.Add(file);
                }
            }
            catch (UnsupportedOperatorException)
            {
                unsupported++;
            }
            catch (OnnxModelException exception)
            {
                malformed.Add($"{Path.GetFileName(Path.GetDirectoryName(file))}: {exception.Message}");
            }
        }

        output.WriteLine($"{files.Length} models: {loaded} loaded, {unsupported} unsupported, {malformed.Count} refused as malformed.");
        malformed.ForEach(output.WriteLine);
        unequal.ForEach(output.WriteLine);
        Assert.True(loaded > 0);
        Assert.Empty(unequal);
    }
}
