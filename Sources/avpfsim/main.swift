print("avpfsim")
