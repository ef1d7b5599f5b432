using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.OnnxRuntime;
using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;

namespace Toolkit.Export.Tests.Layers;

/// <summary>
/// Every layer, activation and loss trains two steps and is exported; both backends give what the trainer predicts. With TOOLKIT_EXPORTED_MODELS set
/// to a folder, the files stay there for ONNX's own checker.
/// </summary>
public sealed class LayerExportTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void A_layer_trains_and_its_export_agrees(string name)
    {
        LayerCase item = LayerCases.Get(name);
        Model model = item.ToModel();
        float[] before = model.CopyWeights();

        Train(model, item.Samples(14), Classes(14));

        Assert.NotEqual(before, model.CopyWeights());
        AssertAgrees(model, item.Samples(14), name);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_trains_and_the_export_agrees(string name)
    {
        // Probabilities and one-hot rows are targets that every loss takes.
        var model = new Sequential(new Input(6), new Dense(4, "tanh"), new Dense(3, name.Contains("binary", StringComparison.Ordinal) || name is "bce" ? "sigmoid" : "softmax"));
        model.Compile("adam", name, seed: 3);
        Tensor<float> x = new LayerCase(name, [6], node => node).Samples(14);
        float[] before = model.CopyWeights();

        Train(model, x, name.StartsWith("sparse", StringComparison.Ordinal) ? Tensor.From([14], [.. Enumerable.Range(0, 14).Select(i => (float)(i % 3))]) : Classes(14));

        Assert.NotEqual(before, model.CopyWeights());
        AssertAgrees(model, x, $"loss {name}");
    }

    [Fact]
    public void Every_layer_has_a_case()
    {
        HashSet<string> covered = [.. LayerCases.All.Select(item => item.Name.Split(',')[0])];

        Assert.DoesNotContain(
            typeof(Layer).Assembly.GetExportedTypes(),
            type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && type != typeof(Input) && !covered.Contains(type.Name));
    }

    public static TheoryData<string> Losses => [.. LossNames.All];

    private static Tensor<float> Classes(int count)
    {
        var y = new Tensor<float>([count, 3]);
        for (int i = 0; i < count; i++)
        {
            y[i, i % 3] = 1;
        }

        return y;
    }

    private static void Train(Model model, Tensor<float> x, Tensor<float> y)
    {
        History history = model.Fit(x, y, epochs: 1, batchSize: 7, verbose: 0);
        Assert.True(double.IsFinite(history["loss"][0]));
    }

    private void AssertAgrees(Model model, Tensor<float> x, string name)
    {
        string file = $"{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}.onnx";
        string path = Environment.GetEnvironmentVariable("TOOLKIT_EXPORTED_MODELS") is { Length: > 0 } kept ? Path.Combine(kept, file) : _folder[file];
        OnnxExportReport report = model.ExportOnnx(path, new OnnxExportOptions
        {
            Backends = [new ManagedBackend(), new OnnxRuntimeBackend()],
            CheckInputs = [x],
            Check = new CrossCheckOptions { BatchSizes = [1, 7], Tolerance = Tolerance },
        });

        Assert.True(report.Check.Agrees);
        Assert.Equal(2, report.Check.Backends.Count);
        Assert.True(report.Check.MaxAbsoluteDifference < Tolerance);
    }
}
