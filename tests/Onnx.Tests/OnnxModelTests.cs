using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests;

public class OnnxModelTests
{
    [Fact]
    public void A_model_that_is_written_and_read_is_the_same_model()
    {
        OnnxModel model = Models.Mlp();
        OnnxModel read = OnnxModel.Parse(model.ToBytes());
        Assert.Equal(model.IrVersion, read.IrVersion);
        Assert.Equal(model.OpsetImports, read.OpsetImports);
        Assert.Equal(model.Metadata, read.Metadata);
        Assert.Equal(model.ProducerName, read.ProducerName);
        Assert.Equal(model.Graph.Name, read.Graph.Name);
        Assert.Equal(model.Graph.Inputs, read.Graph.Inputs);
        Assert.Equal(model.Graph.Outputs, read.Graph.Outputs);
        Assert.Equal(model.Graph.Initializers.Keys, read.Graph.Initializers.Keys);
        foreach ((string name, Tensor tensor) in model.Graph.Initializers)
        {
            Assert.Equal(tensor.Shape, read.Graph.Initializers[name].Shape);
            Assert.Equal(tensor.As<float>().ToArray(), read.Graph.Initializers[name].As<float>().ToArray());
        }

        Assert.Equal(model.Graph.Nodes.Select(node => (node.Name, node.Operator)), read.Graph.Nodes.Select(node => (node.Name, node.Operator)));
        Assert.All(model.Graph.Nodes.Zip(read.Graph.Nodes), pair =>
        {
            Assert.Equal(pair.First.Inputs, pair.Second.Inputs);
            Assert.Equal(pair.First.Outputs, pair.Second.Outputs);
        });
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_reading_keeps_them()
    {
        byte[] bytes = Models.Mlp().ToBytes();
        Assert.Equal(bytes, Models.Mlp().ToBytes());
        Assert.Equal(bytes, OnnxModel.Parse(bytes).ToBytes());
    }

    [Fact]
    public void Save_replaces_a_file_and_leaves_no_other()
    {
        string folder = Directory.CreateTempSubdirectory("toolkit-onnx-").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            File.WriteAllText(path, "old");
            Models.Mlp().Save(path);
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal("mlp", OnnxModel.Load(path).Graph.Name);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Save_of_a_model_that_is_not_valid_leaves_the_old_file()
    {
        string folder = Directory.CreateTempSubdirectory("toolkit-onnx-").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            File.WriteAllText(path, "old");
            OnnxModel model = Models.Mlp();
            model.Graph.Nodes.Add(new OnnxNode("bad", new Relu(), ["nowhere"], ["q"]));
            Assert.Throws<OnnxModelException>(() => model.Save(path));
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
