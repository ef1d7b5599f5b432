using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.OnnxRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer;

namespace Toolkit.Export.Tests;

public class OnnxExporterTests
{
    private static readonly OnnxExportOptions WithMetadata = new()
    {
        Metadata = new Dictionary<string, string> { ["classes"] = "a,b,c", ["recipe"] = "test" },
        Description = "A test.",
    };

    [Fact]
    public void The_file_says_what_it_is_and_where_it_comes_from()
    {
        using var folder = new TemporaryFolder();

        TestModels.Classifier().ExportOnnx(folder["model.onnx"], WithMetadata);

        OnnxModel model = OnnxModel.Load(folder["model.onnx"]);
        Assert.Equal(17, model.OpsetImports[""]);
        Assert.Single(model.OpsetImports);
        Assert.Equal(8, model.IrVersion);
        Assert.Equal("Toolkit", model.ProducerName);
        Assert.Equal(OnnxExporter.ProducerVersion, model.ProducerVersion);
        Assert.Equal("A test.", model.Description);
        Assert.Equal("sequential", model.Graph.Name);
        Assert.Equal([KeyValuePair.Create("classes", "a,b,c"), KeyValuePair.Create("recipe", "test")], model.Metadata);
        Assert.Equal("N", model.Graph.Inputs[0].Shape![0].Symbol);
        Assert.Equal("N", model.Graph.Outputs[0].Shape![0].Symbol);
    }

    [Fact]
    public void The_report_names_the_file_its_size_and_what_was_compared()
    {
        using var folder = new TemporaryFolder();

        OnnxExportReport report = TestModels.Classifier().ExportOnnx(folder["model.onnx"], new OnnxExportOptions { CheckInputs = [TestModels.Samples(20, 1, 4, 4)] });

        Assert.Equal(folder["model.onnx"], report.Path);
        Assert.Equal(new FileInfo(folder["model.onnx"]).Length, report.Bytes);
        Assert.Equal("trainer", report.Check.Reference);
        Assert.Equal([1, 7, 20], report.Check.BatchSizes);
        Assert.Equal(20, report.Check.Samples);
        BackendDifference managed = Assert.Single(report.Check.Backends);
        Assert.Equal("managed", managed.Backend);
        Assert.InRange(report.Check.MaxAbsoluteDifference, 0, 1e-5);
    }

    [Fact]
    public void Trainer_managed_engine_and_onnx_runtime_agree()
    {
        using var folder = new TemporaryFolder();
        IInferenceBackend[] backends = [new ManagedBackend(), new OnnxRuntimeBackend()];
        if (backends[1].UnavailableReason is not null)
        {
            backends = [backends[0]];
        }

        OnnxExportReport report = TestModels.Classifier().ExportOnnx(folder["model.onnx"], new OnnxExportOptions { Backends = backends });

        Assert.Equal(backends.Select(backend => backend.Name), report.Check.Backends.Select(backend => backend.Backend));
        Assert.True(report.Check.Agrees);
        Assert.All(report.Check.Backends, backend => Assert.Equal(0, backend.Difference.ArgMaxDisagreements));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        Sequential model = TestModels.Classifier();

        Assert.Equal(model.ToOnnx(WithMetadata).ToBytes(), model.ToOnnx(WithMetadata).ToBytes());
    }

    [Fact]
    public void A_backend_that_disagrees_stops_the_export_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        var options = new OnnxExportOptions { Backends = [new ManagedBackend(), new ScaledBackend(1.01f)] };

        var exception = Assert.Throws<ExportCheckException>(() => TestModels.Classifier().ExportOnnx(folder["model.onnx"], options));

        Assert.Contains("scaled", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1E-05", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.Report!.Agrees);
        Assert.InRange(exception.Report.MaxAbsoluteDifference, 0.003, 0.01);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_failed_export_leaves_the_older_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.onnx"], "old");

        Assert.Throws<ExportCheckException>(
            () => TestModels.Classifier().ExportOnnx(folder["model.onnx"], new OnnxExportOptions { Backends = [new ScaledBackend(float.NaN)] }));

        Assert.Equal("old", File.ReadAllText(folder["model.onnx"]));
        Assert.Equal(["model.onnx"], folder.Files);
    }

    [Fact]
    public void A_cancelled_export_leaves_no_file()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<OperationCanceledException>(
            () => TestModels.Classifier().ExportOnnx(folder["model.onnx"], cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_backend_that_cannot_run_the_model_is_named()
    {
        using var folder = new TemporaryFolder();

        var exception = Assert.Throws<ExportCheckException>(
            () => TestModels.Classifier().ExportOnnx(folder["model.onnx"], new OnnxExportOptions { Backends = [new RefusingBackend()] }));

        Assert.Contains("refusing", exception.Message, StringComparison.Ordinal);
        Assert.IsType<UnsupportedOperatorException>(exception.InnerException);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_io_error()
    {
        using var folder = new TemporaryFolder();

        Assert.ThrowsAny<IOException>(() => TestModels.Classifier().ExportOnnx(Path.Combine(folder["missing"], "model.onnx")));
    }

    [Fact]
    public void Check_samples_of_another_shape_are_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<ArgumentException>(
            () => TestModels.Classifier().ExportOnnx(folder["model.onnx"], new OnnxExportOptions { CheckInputs = [TestModels.Samples(4, 1, 5, 5)] }));

        Assert.Empty(folder.Files);
    }
}
